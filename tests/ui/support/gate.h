#pragma once

#include <condition_variable>
#include <mutex>

namespace fusemoe::test {

/// Holds up whoever passes while it is closed, so that tests decide when something comes. Any thread.
class Gate {
 public:
  void close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
  }
  void open() {
    const std::lock_guard lock(m_mutex);
    m_closed = false;
    m_changed.notify_all();
  }
  /// Lets so many pass and closes behind them.
  void closeAfter(int passes) {
    const std::lock_guard lock(m_mutex);
    m_left = passes;
  }
  void pass() {
    std::unique_lock lock(m_mutex);
    m_waiting = m_closed;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return !m_closed; });
    m_waiting = false;
    if (m_left > 0 && --m_left == 0) m_closed = true;
  }
  /// Returns when somebody stands at the closed gate.
  void waitUntilReached() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting; });
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_closed = false;
  bool m_waiting = false;
  int m_left = 0;  // passes until it closes; 0 = it does not
};

}  // namespace fusemoe::test
