#include "scene/cloud_loader.h"

#include <QElapsedTimer>
#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>

#include "base/cpu.h"
#include "state/document.h"
#include "state/format.h"
#include "state/tasks.h"

namespace fusemoe::ui {
namespace {

constexpr qint64 kBatchMs = 250;

/// 0 … count−1 in an order whose every beginning is spread evenly: steps of the golden section.
std::vector<std::size_t> spreadOrder(std::size_t count) {
  auto step = std::max<std::size_t>(std::size_t(double(count) * 0.6180339887), 1);
  while (std::gcd(step, count) != 1) ++step;
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i * step % count;
  return order;
}

/// Adds at most `room` points.
void addTokens(SceneCloud& cloud, const RoutingResult& result, const LayerResult& layer, bool bins, std::size_t room) {
  const std::size_t most = cloud.points.size() + room;
  std::size_t point = 0;
  for (std::size_t r = 0; r < layer.routers.size(); ++r) {
    const RouterResult& router = layer.routers[r];
    const bool present = router.modality < 0 || result.states[std::size_t(router.modality)] == ModalityState::Present;
    for (int token = 0; token < router.tokens; ++token, ++point) {
      if (!present || cloud.points.size() >= most) continue;
      const float* at = &layer.projection.tokens[3 * point];
      cloud.points.push_back({at[0], at[1], at[2], std::int16_t(r), std::int16_t(bins ? token : -1)});
    }
  }
}

}  // namespace

/// The worker's side of one load.
class CloudLoader::Run {
 public:
  using Deliver = std::function<void(std::shared_ptr<Batch>)>;

  Run(Wanted wanted, Openers openers, StayList stays, std::shared_ptr<std::atomic<bool>> hold, Deliver deliver)
      : m_wanted(std::move(wanted)),
        m_hold(std::move(hold)),
        m_openers(std::move(openers)),
        m_stays(std::move(stays)),
        m_deliver(std::move(deliver)) {}

  void operator()(const std::stop_token& stop) {
    lowerThreadPriority();
    Result<void> outcome;
    try {
      outcome = load(stop);
    } catch (const std::exception& error) {
      outcome = failure("The stays could not be read.", "Please report it.", error.what());
    }
    send(true, std::move(outcome));
  }

 private:
  Result<void> load(const std::stop_token& stop) {
    const Result<CohortPtr> cohort = m_openers.cohort(m_wanted.cohortPath);
    if (!cohort) return failure(cohort.error());
    const PredictOptions options{true, m_wanted.basis, false, {}};
    m_pending.resize(std::size_t(m_wanted.model->config().layers));
    m_clock.start();
    for (const std::size_t index : spreadOrder(m_stays->size())) {
      if (stop.stop_requested() || m_points >= kMostPoints) break;
      const Result<SamplePtr> sample = (*cohort)->read((*m_stays)[index].stayId);
      if (!sample) return failure(sample.error());
      m_hold->wait(true);
      const PredictRequest request{*sample, m_wanted.mask};
      const auto results = m_wanted.model->predict({&request, 1}, options, stop);
      if (stop.stop_requested()) break;
      if (!results) return failure(results.error());
      add(*results->front());
      if (m_clock.elapsed() >= kBatchMs) send(false, {});
    }
    return {};
  }

  void add(const RoutingResult& result) {
    const bool bins = m_wanted.model->config().token == TokenGranularity::Bin;
    const std::size_t before = m_pending.front().points.size();
    for (std::size_t layer = 0; layer < m_pending.size(); ++layer)
      addTokens(m_pending[layer], result, result.layers[layer], bins, kMostPoints - m_points);
    m_points += m_pending.front().points.size() - before;
    ++m_done;
  }

  void send(bool last, Result<void> outcome) {
    Layers batch(m_pending.size());
    std::swap(batch, m_pending);
    m_deliver(std::make_shared<Batch>(Batch{std::move(batch), m_done, last, std::move(outcome)}));
    m_clock.restart();
  }

  Wanted m_wanted;
  std::shared_ptr<std::atomic<bool>> m_hold;
  Openers m_openers;
  StayList m_stays;
  Deliver m_deliver;
  Layers m_pending;
  std::size_t m_points = 0;
  std::size_t m_done = 0;
  QElapsedTimer m_clock;
};

bool CloudLoader::Wanted::sameSpace(const Wanted& other) const {
  const auto source = [](const BasisPtr& from) { return from ? from->source : std::string(); };
  return model == other.model && cohortPath == other.cohortPath && source(basis) == source(other.basis);
}

bool CloudLoader::Wanted::operator==(const Wanted& other) const {
  return mask == other.mask && sameSpace(other);
}

CloudLoader::CloudLoader(const ViewContext& context, QObject* parent) : QObject(parent), m_context(context) {
  connect(&context.document, &Document::resultChanged, this, &CloudLoader::follow);
  connect(&context.document.runner(), &InferenceRunner::waitingChanged, this, &CloudLoader::hold);
}

CloudLoader::~CloudLoader() {
  end();
}

void CloudLoader::start() {
  if (std::exchange(m_started, true)) return;
  follow();
}

void CloudLoader::stop() {
  m_started = false;
  end();
  m_wanted = {};
  m_layers.clear();
  m_stays = 0;
  Q_EMIT changed();
}

CloudPtr CloudLoader::cloud(int layer) const {
  return std::size_t(layer) < m_layers.size() ? m_layers[std::size_t(layer)] : nullptr;
}

CloudLoader::Wanted CloudLoader::wanted() const {
  const Document& document = m_context.document;
  if (!document.result() || !document.stays() || document.stays()->empty()) return {};
  const BasisPtr& basis = document.result()->basis;
  if (!basis || basis->layers.empty()) return {};  // a model may show no tokens
  return {document.model(), document.state().cohortPath, document.mask(), basis};
}

void CloudLoader::follow() {
  if (!m_started) return;
  const Wanted now = wanted();
  // A result without axes is one of before the view was shown: the next has them.
  if (!now.model || now == m_wanted) return;
  m_stale = now.sameSpace(m_wanted);
  if (!m_stale) {
    m_layers.clear();
    m_stays = 0;
  }
  begin(now);
  Q_EMIT changed();
}

void CloudLoader::begin(const Wanted& now) {
  end();
  m_wanted = now;
  m_total = m_context.document.stays()->size();
  m_task.reset(m_context.tasks.begin(tr("Tokens of the cohort"), nullptr));
  connect(m_task.get(), &Task::stopAsked, this, [this] {
    // Queued by nature: the task must outlive its own signal.
    QMetaObject::invokeMethod(
        this,
        [this, ticket = m_ticket] {
          if (ticket != m_ticket || !m_task) return;
          end();
          Q_EMIT changed();
          Q_EMIT cancelled();
        },
        Qt::QueuedConnection);
  });
  const auto deliver = [this, ticket = m_ticket](const std::shared_ptr<Batch>& batch) {
    const auto take = [this, ticket, batch] {
      if (ticket == m_ticket) accept(*batch);
    };
    QMetaObject::invokeMethod(this, take, Qt::QueuedConnection);
  };
  m_hold = std::make_shared<std::atomic<bool>>(m_context.document.runner().waiting());
  m_worker.submit(Run(now, m_context.document.openers(), m_context.document.stays(), m_hold, deliver));
}

void CloudLoader::hold(bool held) {
  if (!m_hold) return;
  m_hold->store(held);
  m_hold->notify_all();
}

void CloudLoader::accept(const Batch& batch) {
  if (std::exchange(m_stale, false)) m_layers.clear();
  m_stays = batch.stays;
  m_layers.resize(std::max(m_layers.size(), batch.layers.size()));
  std::size_t points = 0;
  for (std::size_t layer = 0; layer < batch.layers.size(); ++layer) {
    // A new cloud, not a longer one: the old may be on its way to the screen on another thread.
    auto grown = m_layers[layer] ? std::make_shared<SceneCloud>(*m_layers[layer]) : std::make_shared<SceneCloud>();
    const std::vector<SceneCloud::Point>& more = batch.layers[layer].points;
    grown->points.insert(grown->points.end(), more.begin(), more.end());
    points = grown->points.size();
    m_layers[layer] = std::move(grown);
  }
  const double fraction = std::max(double(m_stays) / double(m_total), double(points) / double(kMostPoints));
  m_task->setProgress(std::min(fraction, 1.0),
                      tr("%1 tokens of %2 stays").arg(count(qint64(points)), count(qint64(m_stays))));
  if (batch.last) end();
  if (!batch.outcome) Q_EMIT m_context.document.errorRaised(batch.outcome.error());
  Q_EMIT changed();
}

void CloudLoader::end() {
  ++m_ticket;
  m_worker.cancel();
  hold(false);  // so that it sees that it is to stop
  m_hold.reset();
  m_task.reset();
}

}  // namespace fusemoe::ui
