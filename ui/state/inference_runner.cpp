#include "state/inference_runner.h"

#include <exception>
#include <memory>
#include <utility>

namespace fusemoe::ui {
namespace {

/// The worker's border: nothing foreign is thrown past it.
Result<std::vector<ResultPtr>> predictGuarded(const Model& model, const std::vector<PredictRequest>& batch,
                                              const std::stop_token& stop) {
  try {
    return model.predict(batch, PredictOptions{}, stop);
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

void InferenceRunner::request(const ModelPtr& model, const SamplePtr& sample, ModalityMask mask) {
  const Wanted wanted{keyOf(*model, *sample, mask, {}), keyOf(*model, *sample, 0, {})};
  if (m_wanted && m_wanted->key == wanted.key) return;
  m_wanted = wanted;
  if (sendFromCache()) {
    ++m_statistics.hits;
    m_worker.cancel();
    return;
  }
  ++m_statistics.misses;
  std::vector<PredictRequest> batch;
  if (!m_cache.find(wanted.key)) batch.push_back({sample, mask});
  if (wanted.unmaskedKey != wanted.key && !m_cache.find(wanted.unmaskedKey)) batch.push_back({sample, 0});
  if (!m_busy && !m_busyTimer.isActive()) m_busyTimer.start();
  m_worker.submit([this, model, wanted, batch = std::move(batch)](const std::stop_token& stop) {
    auto answer = std::make_shared<Result<std::vector<ResultPtr>>>(predictGuarded(*model, batch, stop));
    QMetaObject::invokeMethod(
        this, [this, wanted, answer] { deliver(wanted, *answer); }, Qt::QueuedConnection);
  });
}

void InferenceRunner::cancel() {
  m_wanted.reset();
  m_worker.cancel();
  setBusy(false);
}

void InferenceRunner::deliver(const Wanted& asked, const Result<std::vector<ResultPtr>>& answer) {
  if (answer) {
    m_statistics.computed += answer->size();
    for (const ResultPtr& result : *answer) m_cache.insert(result);
  }
  if (!m_wanted || m_wanted->key != asked.key) {
    ++m_statistics.dropped;
    return;
  }
  if (answer) {
    sendFromCache();
    return;
  }
  m_wanted.reset();
  setBusy(false);
  Q_EMIT failed(answer.error());
}

bool InferenceRunner::sendFromCache() {
  const ResultPtr result = m_cache.find(m_wanted->key);
  const ResultPtr unmasked = m_cache.find(m_wanted->unmaskedKey);
  if (!result || !unmasked) return false;
  m_wanted.reset();
  setBusy(false);
  Q_EMIT finished(result, unmasked);
  return true;
}

void InferenceRunner::setBusy(bool busy) {
  if (!busy) m_busyTimer.stop();
  if (m_busy == busy) return;
  m_busy = busy;
  Q_EMIT busyChanged(busy);
}

}  // namespace fusemoe::ui
