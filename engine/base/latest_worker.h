#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace fusemoe {

/// One thread, one running task and ONE pending slot that a newer task overwrites: however fast tasks are submitted,
/// delay and memory stay bounded. A submit asks the running task to stop (it polls its stop_token); correctness never
/// rests on that, since its owner drops results that are no longer wanted.
class LatestWorker {
 public:
  using Task = std::function<void(std::stop_token)>;

  LatestWorker();
  /// Stops the running task, drops the pending one and joins.
  ~LatestWorker();
  LatestWorker(const LatestWorker&) = delete;
  LatestWorker& operator=(const LatestWorker&) = delete;

  /// Replaces the pending task and asks the running one to stop. Any thread. Tasks must not throw.
  void submit(Task task);
  /// Drops the pending task and asks the running one to stop.
  void cancel();
  /// True when nothing runs and nothing is pending.
  bool idle() const;

 private:
  void loop(const std::stop_token& quit);

  mutable std::mutex m_mutex;
  std::condition_variable_any m_wake;
  std::optional<Task> m_pending;
  std::stop_source m_running{std::nostopstate};
  bool m_busy = false;
  std::jthread m_thread;  // last: it starts when everything above is ready and joins first
};

}  // namespace fusemoe
