#include "analysis/invariance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "analysis/mask_batches.h"
#include "analysis/mask_sweep.h"
#include "base/mix.h"

namespace fusemoe {
namespace {

constexpr double kBatchTolerance = 1e-6;  ///< of probabilities; see Model::predictMasks

/// Largest difference of two lists; infinite where their lengths differ. Equal bits are equal, −inf among them.
double differenceOf(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::bit_cast<std::uint32_t>(a[i]) == std::bit_cast<std::uint32_t>(b[i])) continue;
    const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    // 0 and −0 differ in their bits alone; whatever is no number differs without bound.
    largest = std::isnan(difference) ? std::numeric_limits<double>::infinity() : std::max(largest, difference);
    if (std::isinf(largest)) break;
  }
  return largest;
}

struct Difference {
  double probability = 0, all = 0;
};

Difference differenceOf(const RoutingResult& a, const RoutingResult& b) {
  Difference difference;
  difference.probability = differenceOf(a.probability, b.probability);
  difference.all = std::max(difference.probability, differenceOf(a.headLogits, b.headLogits));
  if (a.layers.size() != b.layers.size()) difference.all = std::numeric_limits<double>::infinity();
  for (std::size_t l = 0; l < std::min(a.layers.size(), b.layers.size()); ++l) {
    const auto &routers = a.layers[l].routers, &others = b.layers[l].routers;
    if (routers.size() != others.size()) difference.all = std::numeric_limits<double>::infinity();
    for (std::size_t r = 0; r < std::min(routers.size(), others.size()); ++r)
      for (const auto field : {&RouterResult::logits, &RouterResult::dense, &RouterResult::topKWeight,
                               &RouterResult::meanDense, &RouterResult::meanTopK})
        difference.all = std::max(difference.all, differenceOf(routers[r].*field, others[r].*field));
  }
  return difference;
}

/// The numbers of a result that a MaskedRouting has too.
MaskedRouting littleOf(const RoutingResult& result) {
  MaskedRouting little{result.key.mask, 0, result.probability, result.headLogits, {}, {}};
  for (const LayerResult& layer : result.layers) {
    for (const RouterResult& router : layer.routers) {
      little.meanDense.insert(little.meanDense.end(), router.meanDense.begin(), router.meanDense.end());
      little.meanTopK.insert(little.meanTopK.end(), router.meanTopK.begin(), router.meanTopK.end());
    }
  }
  return little;
}

Difference differenceOf(const MaskedRouting& a, const MaskedRouting& b) {
  Difference difference{differenceOf(a.probability, b.probability), 0};
  difference.all = std::max({difference.probability, differenceOf(a.headLogits, b.headLogits),
                             differenceOf(a.meanDense, b.meanDense), differenceOf(a.meanTopK, b.meanTopK)});
  return difference;
}

SamplePtr without(const Sample& sample, const ModelConfig& config, ModalityMask mask) {
  auto left = std::make_shared<Sample>(sample);
  left->digest += " without " + std::to_string(mask);
  std::erase_if(left->modalities, [&](const ModalityData& data) {
    const int m = config.modalityIndex(data.name);
    return m >= 0 && (mask >> m & 1U);
  });
  return left;
}

std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(unitFrom(mixed(seed + i)) * static_cast<double>(i))]);
  return order;
}

/// Nothing masked, each modality masked, and all of them.
std::vector<ModalityMask> masksFor(int modalities) {
  std::vector<ModalityMask> masks = singleMasks(modalities);
  const auto all = static_cast<ModalityMask>((std::uint64_t{1} << modalities) - 1);
  if (masks.back() != all) masks.push_back(all);
  return masks;
}

std::string atATime(int batch) {
  return std::to_string(batch) + " at a time, shuffled";
}
std::string threadsText(int threads) {
  return std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

/// Sets the engine's threads back when it goes.
class ThreadKeeper {
 public:
  explicit ThreadKeeper(Engine& engine) : m_engine(engine), m_threads(engine.info().threads) {}
  ThreadKeeper(const ThreadKeeper&) = delete;
  ThreadKeeper& operator=(const ThreadKeeper&) = delete;
  ~ThreadKeeper() { m_engine.setThreads(m_threads); }

 private:
  Engine& m_engine;
  int m_threads;
};

/// Computes the same states in one way after another and notes how far each is from the first.
class Check {
 public:
  Check(const Model& model, std::span<const SamplePtr> samples, std::size_t rows, const ProgressSink& progress,
        const std::stop_token& stop)
      : m_model(model),
        m_samples(samples),
        m_masks(masksFor(model.config().modalityCount())),
        m_steps(rows + 1),
        m_progress(progress),
        m_stop(stop) {
    for (const SamplePtr& sample : samples)
      for (const ModalityMask mask : m_masks) m_states.push_back({sample, mask});
  }

  Result<void> reference() {
    tell("alone");
    auto results = inBatches(m_states, 1);
    if (!results) return failure(results.error());
    m_reference = std::move(*results);
    return {};
  }

  /// The same states, so many at a time and in this order.
  Result<void> addRow(const std::string& name, int batch, const std::vector<std::size_t>& order) {
    std::vector<PredictRequest> states;
    for (const std::size_t at : order) states.push_back(m_states[at]);
    return compare(name, states, order, batch);
  }
  std::vector<std::size_t> inOrder() const {
    std::vector<std::size_t> order(m_states.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    return order;
  }
  std::vector<std::size_t> inDisorder(std::uint64_t seed) const { return shuffled(m_states.size(), seed); }

  /// Every masked state against a record from which the masked modalities were deleted.
  Result<void> addDeleted() {
    std::vector<PredictRequest> states;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_states.size(); ++i) {
      if (m_states[i].mask == 0) continue;
      states.push_back({without(*m_states[i].sample, m_model.config(), m_states[i].mask), 0});
      order.push_back(i);
    }
    return compare("masked, against a record without it", states, order, 1);
  }

  Result<void> addOneBatch() {
    tell("all masks as one batch");
    InvarianceRow row{"all masks as one batch", m_states.size(), 0, 0, kBatchTolerance, false};
    auto routings = predictInPortions(m_model, m_samples, m_masks, {}, m_stop);
    if (!routings) return failure(routings.error());
    for (std::size_t i = 0; i < m_states.size(); ++i)
      note(row, differenceOf(littleOf(*m_reference[i]), (*routings)[i / m_masks.size()][i % m_masks.size()]));
    row.pass = row.maxProbability <= row.tolerance;
    m_rows.push_back(std::move(row));
    return {};
  }

  InvarianceReport report() {
    const bool pass = std::all_of(m_rows.begin(), m_rows.end(), [](const InvarianceRow& row) { return row.pass; });
    if (m_progress) m_progress({1, "compared", 0});
    return {std::move(m_rows), m_samples.size(), static_cast<int>(m_masks.size()), pass};
  }

 private:
  Result<std::vector<ResultPtr>> inBatches(std::span<const PredictRequest> states, std::size_t batch) const {
    std::vector<ResultPtr> all;
    for (std::size_t first = 0; first < states.size(); first += batch) {
      if (m_stop.stop_requested()) return failure("The check was stopped.");
      auto some = m_model.predict(states.subspan(first, std::min(batch, states.size() - first)), {}, m_stop);
      if (!some) return failure(some.error());
      all.insert(all.end(), some->begin(), some->end());
    }
    return all;
  }
  /// `states[i]` must give what state `order[i]` of the reference gave, to the bit.
  Result<void> compare(const std::string& name, std::span<const PredictRequest> states,
                       const std::vector<std::size_t>& order, int batch) {
    tell(name);
    auto results = inBatches(states, static_cast<std::size_t>(std::max(1, batch)));
    if (!results) return failure(results.error());
    InvarianceRow row{name, states.size(), 0, 0, 0, false};
    for (std::size_t i = 0; i < order.size(); ++i) note(row, differenceOf(*m_reference[order[i]], *(*results)[i]));
    row.pass = row.maxDifference <= row.tolerance;
    m_rows.push_back(std::move(row));
    return {};
  }
  static void note(InvarianceRow& row, const Difference& difference) {
    row.maxDifference = std::max(row.maxDifference, difference.all);
    row.maxProbability = std::max(row.maxProbability, difference.probability);
  }
  void tell(const std::string& name) {
    if (m_progress) m_progress({static_cast<double>(m_step) / static_cast<double>(m_steps), "computing " + name});
    ++m_step;
  }

  const Model& m_model;
  std::span<const SamplePtr> m_samples;
  std::vector<ModalityMask> m_masks;
  std::size_t m_steps, m_step = 0;
  const ProgressSink& m_progress;
  const std::stop_token& m_stop;
  std::vector<PredictRequest> m_states;
  std::vector<ResultPtr> m_reference;
  std::vector<InvarianceRow> m_rows;
};

}  // namespace

Result<InvarianceReport> checkInvariance(Engine& engine, const Model& model, std::span<const SamplePtr> samples,
                                         const InvarianceOptions& options, const ProgressSink& progress,
                                         const std::stop_token& stop) {
  if (samples.empty()) return failure("There is no stay to check.", "Choose one stay at least.");
  const ThreadKeeper keeper(engine);
  Check check(model, samples, 3 + options.batches.size() + options.threads.size(), progress, stop);
  if (auto done = check.reference(); !done) return failure(done.error());
  if (auto done = check.addRow("again, alone", 1, check.inOrder()); !done) return failure(done.error());
  for (const int batch : options.batches) {
    const auto order = check.inDisorder(options.seed + static_cast<std::uint64_t>(batch));
    if (auto done = check.addRow(atATime(batch), batch, order); !done) return failure(done.error());
  }
  for (const int threads : options.threads) {
    engine.setThreads(threads);
    if (auto done = check.addRow(threadsText(threads), 1, check.inOrder()); !done) return failure(done.error());
  }
  if (auto done = check.addDeleted(); !done) return failure(done.error());
  if (auto done = check.addOneBatch(); !done) return failure(done.error());
  return check.report();
}

}  // namespace fusemoe
