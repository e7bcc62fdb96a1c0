#include "state/inference_runner.h"

#include <exception>
#include <memory>
#include <utility>

namespace fusemoe::ui {
namespace {

struct Work {
  Subject current, reference;
  PredictOptions details;
  bool wantsCurrent = false;  ///< else it is cached, or the reference itself
  ResultPtr knownReference;   ///< null = to be computed
};

Result<std::vector<ResultPtr>> compute(const Work& work, const std::stop_token& stop) {
  std::vector<ResultPtr> results;
  ResultPtr reference = work.knownReference;
  const auto predict = [&](const Subject& subject, PredictOptions options) -> Result<ResultPtr> {
    const PredictRequest request{subject.sample, subject.mask};
    options.intervention = subject.intervention;
    auto answer = subject.model->predict({&request, 1}, options, stop);
    if (!answer) return failure(answer.error());
    results.push_back(answer->front());
    return answer->front();
  };
  if (!reference) {
    const Result<ResultPtr> computed = predict(work.reference, work.details);
    if (!computed) return failure(computed.error());
    reference = *computed;
  }
  if (work.wantsCurrent) {
    PredictOptions options = work.details;
    if (work.current.model == work.reference.model) options.basis = reference->basis;
    const Result<ResultPtr> computed = predict(work.current, options);
    if (!computed) return failure(computed.error());
  }
  return results;
}

/// The worker's border: nothing foreign is thrown past it.
Result<std::vector<ResultPtr>> computeGuarded(const Work& work, const std::stop_token& stop) {
  try {
    return compute(work, stop);
  } catch (const std::exception& error) {
    return failure("The model could not be run.", "Please report it.", error.what());
  }
}

}  // namespace

InferenceRunner::InferenceRunner(std::size_t cacheCapacity, QObject* parent) : QObject(parent), m_cache(cacheCapacity) {
  m_busyTimer.setSingleShot(true);
  m_busyTimer.setInterval(kBusyAfter);
  connect(&m_busyTimer, &QTimer::timeout, this, [this] { setBusy(waiting()); });
}

void InferenceRunner::request(const Subject& current, const Subject& reference, const PredictOptions& details) {
  Work work{current, reference, {details.projection, nullptr, details.attention, {}}, false, nullptr};
  const auto key = [&work](const Subject& subject) {
    PredictOptions options = work.details;
    options.intervention = subject.intervention;
    return keyOf(*subject.model, *subject.sample, subject.mask, options);
  };
  Wanted wanted;
  wanted.referenceKey = key(reference);
  wanted.key = key(current);
  if (wanted.key != wanted.referenceKey && current.model == reference.model && details.projection) {
    wanted.key.basis = projectionSource(wanted.referenceKey);
  }
  if (m_wanted == wanted) return;
  m_wanted = wanted;
  if (sendFromCache()) {
    ++m_statistics.hits;
    m_worker.cancel();
    return;
  }
  ++m_statistics.misses;
  tellWaiting();
  work.knownReference = m_cache.find(wanted.referenceKey);
  work.wantsCurrent = wanted.key != wanted.referenceKey && !m_cache.find(wanted.key);
  if (!m_busy && !m_busyTimer.isActive()) m_busyTimer.start();
  m_worker.submit([this, wanted, work = std::move(work)](const std::stop_token& stop) {
    auto answer = std::make_shared<Result<std::vector<ResultPtr>>>(computeGuarded(work, stop));
    QMetaObject::invokeMethod(
        this, [this, wanted, answer] { deliver(wanted, *answer); }, Qt::QueuedConnection);
  });
}

void InferenceRunner::cancel() {
  m_wanted.reset();
  m_worker.cancel();
  setBusy(false);
  tellWaiting();
}

void InferenceRunner::deliver(const Wanted& asked, const Result<std::vector<ResultPtr>>& answer) {
  if (answer) {
    m_statistics.computed += answer->size();
    for (const ResultPtr& result : *answer) m_cache.insert(result);
  }
  if (m_wanted != asked) {
    ++m_statistics.dropped;
    return;
  }
  if (answer) {
    sendFromCache();
    return;
  }
  m_wanted.reset();
  setBusy(false);
  tellWaiting();
  Q_EMIT failed(answer.error());
}

bool InferenceRunner::sendFromCache() {
  const ResultPtr result = m_cache.find(m_wanted->key);
  const ResultPtr reference = m_cache.find(m_wanted->referenceKey);
  if (!result || !reference) return false;
  m_wanted.reset();
  setBusy(false);
  tellWaiting();
  Q_EMIT finished(result, reference);
  return true;
}

void InferenceRunner::tellWaiting() {
  if (m_toldWaiting == waiting()) return;
  m_toldWaiting = waiting();
  Q_EMIT waitingChanged(m_toldWaiting);
}

void InferenceRunner::setBusy(bool busy) {
  if (!busy) m_busyTimer.stop();
  if (m_busy == busy) return;
  m_busy = busy;
  Q_EMIT busyChanged(busy);
}

}  // namespace fusemoe::ui
