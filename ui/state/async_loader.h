#pragma once

#include <QMetaObject>
#include <QObject>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "base/latest_worker.h"
#include "base/result.h"

namespace fusemoe::ui {

/// Reads one kind of thing at a time away from the GUI thread: a newer read replaces an older one, whose answer is
/// dropped. GUI thread only; `done` runs there too. Destroy it before `context`.
template <class T>
class AsyncLoader {
 public:
  using Read = std::function<Result<T>()>;
  using Done = std::function<void(Result<T>)>;

  explicit AsyncLoader(QObject* context) : m_context(context) {}

  void start(Read read, Done done) {
    const std::uint64_t ticket = ++m_ticket;
    m_loading = true;
    m_worker.submit([this, ticket, read = std::move(read), done = std::move(done)](const std::stop_token&) {
      auto answer = std::make_shared<Result<T>>(guarded(read));
      const auto deliver = [this, ticket, done, answer] {
        if (ticket != m_ticket) return;
        m_loading = false;
        done(std::move(*answer));
      };
      QMetaObject::invokeMethod(m_context, deliver, Qt::QueuedConnection);
    });
  }

  /// Drops the answer of a read that is under way.
  void cancel() {
    ++m_ticket;
    m_loading = false;
    m_worker.cancel();
  }

  /// True from start() until its answer is delivered.
  bool loading() const { return m_loading; }

 private:
  /// The worker's border: nothing foreign is thrown past it.
  static Result<T> guarded(const Read& read) {
    try {
      return read();
    } catch (const std::exception& error) {
      return failure("Something unexpected happened while reading.", "Please report it.", error.what());
    }
  }

  QObject* m_context;
  std::uint64_t m_ticket = 0;
  bool m_loading = false;
  LatestWorker m_worker;  // last: joins before the rest goes
};

}  // namespace fusemoe::ui
