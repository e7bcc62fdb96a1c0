#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "api/engine.h"
#include "base/latest_worker.h"
#include "state/result_cache.h"

namespace fusemoe::ui {

/// Brings the result of the wanted state, and of the same stay unmasked, from the cache or from one worker thread.
/// A newer request replaces an older one; an answer that is no longer wanted is kept in the cache but not sent.
/// GUI thread only.
class InferenceRunner : public QObject {
  Q_OBJECT

 public:
  struct Statistics {
    std::size_t hits = 0;      ///< requests answered from the cache alone
    std::size_t misses = 0;    ///< requests sent to the worker
    std::size_t computed = 0;  ///< results the engine gave
    std::size_t dropped = 0;   ///< answers no longer wanted when they came
  };

  /// Work shorter than this shows no busy state.
  static constexpr std::chrono::milliseconds kBusyAfter{30};

  explicit InferenceRunner(std::size_t cacheCapacity = 256, QObject* parent = nullptr);

  /// Asks for a result. A cached one is sent before this returns.
  void request(const ModelPtr& model, const SamplePtr& sample, ModalityMask mask);
  /// Wants nothing any more.
  void cancel();

  /// True from a request until its answer is sent.
  bool waiting() const { return m_wanted.has_value(); }
  /// True while waiting for longer than kBusyAfter.
  bool busy() const { return m_busy; }
  const Statistics& statistics() const { return m_statistics; }

 Q_SIGNALS:
  void finished(const fusemoe::ResultPtr& result, const fusemoe::ResultPtr& unmasked);
  void failed(const fusemoe::Error& error);
  void busyChanged(bool busy);

 private:
  struct Wanted {
    RequestKey key;
    RequestKey unmaskedKey;
  };

  void deliver(const Wanted& asked, const Result<std::vector<ResultPtr>>& answer);
  bool sendFromCache();
  void setBusy(bool busy);

  ResultCache m_cache;
  Statistics m_statistics;
  std::optional<Wanted> m_wanted;
  QTimer m_busyTimer;
  bool m_busy = false;
  LatestWorker m_worker;  // last: joins before the rest goes
};

}  // namespace fusemoe::ui
