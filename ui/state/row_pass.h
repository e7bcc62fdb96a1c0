#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <functional>
#include <utility>

namespace fusemoe::ui {

/// Goes over rows 0 … count−1 on the GUI thread, a few milliseconds in each turn of the event loop, so that many rows
/// never hold up the window. A new start drops the old pass.
class RowPass {
 public:
  static constexpr int kBudgetMs = 3;

  RowPass() {
    m_timer.setInterval(0);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { work(); });
  }

  void start(int count, std::function<void(int row)> visit, std::function<void()> done) {
    m_next = 0;
    m_count = count;
    m_visit = std::move(visit);
    m_done = std::move(done);
    m_timer.start();
  }
  void stop() { m_timer.stop(); }
  bool running() const { return m_timer.isActive(); }
  /// Rows below this have been visited.
  int next() const { return m_next; }

 private:
  void work() {
    constexpr int kBetweenLooks = 256;
    QElapsedTimer clock;
    clock.start();
    while (m_next < m_count && clock.elapsed() < kBudgetMs) {
      for (int i = 0; i < kBetweenLooks && m_next < m_count; ++i) m_visit(m_next++);
    }
    if (m_next < m_count) return;
    m_timer.stop();
    m_done();
  }

  QTimer m_timer;
  int m_next = 0;
  int m_count = 0;
  std::function<void(int)> m_visit;
  std::function<void()> m_done;
};

}  // namespace fusemoe::ui
