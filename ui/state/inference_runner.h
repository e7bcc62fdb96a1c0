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

/// One state to compute.
struct Subject {
  ModelPtr model;
  SamplePtr sample;
  ModalityMask mask = 0;
  Intervention intervention = {};  ///< with the means where it needs them
};

/// Brings the result of the wanted state, and of the one it is compared with, from the cache or from one worker thread.
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

  /// Asks for both results. Cached ones are sent before this returns. A state of the reference's model is projected on
  /// the reference's axes. `details` says what else to compute; its axes are not read.
  void request(const Subject& current, const Subject& reference, const PredictOptions& details);
  /// Wants nothing any more.
  void cancel();

  /// True from a request until its answer is sent.
  bool waiting() const { return m_wanted.has_value(); }
  /// True while waiting for longer than kBusyAfter.
  bool busy() const { return m_busy; }
  const Statistics& statistics() const { return m_statistics; }

 Q_SIGNALS:
  void finished(const fusemoe::ResultPtr& result, const fusemoe::ResultPtr& reference);
  void failed(const fusemoe::Error& error);
  void busyChanged(bool busy);
  /// `waiting` changed: the engine is needed for the user's own state, or no longer.
  void waitingChanged(bool waiting);

 private:
  struct Wanted {
    RequestKey key;
    RequestKey referenceKey;
    bool operator==(const Wanted&) const = default;
  };

  void deliver(const Wanted& asked, const Result<std::vector<ResultPtr>>& answer);
  bool sendFromCache();
  void setBusy(bool busy);
  void tellWaiting();

  ResultCache m_cache;
  Statistics m_statistics;
  std::optional<Wanted> m_wanted;
  QTimer m_busyTimer;
  bool m_busy = false;
  bool m_toldWaiting = false;
  LatestWorker m_worker;  // last: joins before the rest goes
};

}  // namespace fusemoe::ui
