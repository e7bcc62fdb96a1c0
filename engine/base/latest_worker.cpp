#include "base/latest_worker.h"

#include <utility>

namespace fusemoe {

LatestWorker::LatestWorker() : m_thread([this](const std::stop_token& quit) { loop(quit); }) {}

LatestWorker::~LatestWorker() {
  m_thread.request_stop();
  cancel();
}

void LatestWorker::submit(Task task) {
  {
    const std::lock_guard lock(m_mutex);
    m_pending = std::move(task);
    m_running.request_stop();
  }
  m_wake.notify_one();
}

void LatestWorker::cancel() {
  const std::lock_guard lock(m_mutex);
  m_pending.reset();
  m_running.request_stop();
}

bool LatestWorker::idle() const {
  const std::lock_guard lock(m_mutex);
  return !m_busy && !m_pending;
}

void LatestWorker::loop(const std::stop_token& quit) {
  while (true) {
    Task task;
    std::stop_token stop;
    {
      std::unique_lock lock(m_mutex);
      m_busy = false;
      m_wake.wait(lock, quit, [this] { return m_pending.has_value(); });
      if (quit.stop_requested()) return;
      task = std::move(*m_pending);
      m_pending.reset();
      m_running = std::stop_source();
      stop = m_running.get_token();
      m_busy = true;
    }
    task(stop);
  }
}

}  // namespace fusemoe
