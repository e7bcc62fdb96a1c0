#include "analysis/score.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "analysis/mask_batches.h"
#include "analysis/stay_view.h"
#include "base/mix.h"

namespace fusemoe {
namespace {

constexpr std::size_t kBatch = 128;

/// Collects stays into batches and their predictions into rows.
class Scorer {
 public:
  Scorer(const Model& model, const Masking& masking, const std::stop_token& stop)
      : m_model(model), m_masking(masking), m_stop(stop) {
    m_scores.labels = probabilityCount(model.config());
  }

  /// False when a batch failed; see `error`.
  bool add(const SamplePtr& sample) {
    const std::vector<float> truth = labelsOf(m_model.config(), *sample);
    if (truth.empty() || std::ranges::any_of(truth, [](float value) { return !std::isfinite(value); })) return true;
    m_pending.push_back({sample, maskOf(m_masking, recordedModalities(m_model.config(), *sample), sample->stayId)});
    m_scores.truth.insert(m_scores.truth.end(), truth.begin(), truth.end());
    return m_pending.size() < kBatch || flush();
  }

  bool flush() {
    if (m_pending.empty()) return true;
    auto results = m_model.predict(m_pending, {}, m_stop);
    if (!results) {
      error = results.error();
      return false;
    }
    for (std::size_t i = 0; i < m_pending.size(); ++i) {
      const RoutingResult& result = *(*results)[i];
      std::uint32_t present = 0;
      for (std::size_t m = 0; m < result.states.size(); ++m)
        present |= (result.states[m] == ModalityState::Present ? 1U : 0U) << m;
      m_scores.stays.push_back(m_pending[i].sample->stayId);
      m_scores.present.push_back(present);
      m_scores.probability.insert(m_scores.probability.end(), result.probability.begin(), result.probability.end());
    }
    m_pending.clear();
    return true;
  }

  std::size_t done() const { return m_scores.stays.size(); }
  Scores take() { return std::move(m_scores); }
  Error error;

 private:
  const Model& m_model;
  Masking m_masking;
  std::stop_token m_stop;
  std::vector<PredictRequest> m_pending;
  Scores m_scores;
};

}  // namespace

ModalityMask maskOf(const Masking& masking, std::uint32_t present, std::int64_t stayId) {
  const std::uint32_t left = present & ~masking.always;
  if (masking.drop <= 0 || left == 0) return masking.always;
  const std::uint64_t own = mixed(mixed(masking.seed) ^ static_cast<std::uint64_t>(stayId));
  ModalityMask dropped = 0;
  std::vector<ModalityMask> each;
  for (unsigned m = 0; m < kMaxModalities; ++m) {
    const ModalityMask bit = ModalityMask{1} << m;
    if (!(left & bit)) continue;
    each.push_back(bit);
    if (unitFrom(mixed(own + 1 + m)) < masking.drop) dropped |= bit;
  }
  if (dropped == left)
    dropped &= ~each[static_cast<std::size_t>(unitFrom(mixed(own)) * static_cast<double>(each.size()))];
  return masking.always | dropped;
}

Result<Scores> averageScores(std::span<const Scores> scores) {
  if (scores.empty()) return failure("There are no scores to average.");
  Scores average = scores.front();
  std::vector<double> sums(average.probability.size());
  for (const Scores& one : scores) {
    if (one.labels != average.labels || one.stays != average.stays || one.probability.size() != sums.size())
      return failure("The models did not predict the same stays.", "Average models of one task.");
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += static_cast<double>(one.probability[i]);
  }
  for (std::size_t i = 0; i < sums.size(); ++i)
    average.probability[i] = static_cast<float>(sums[i] / static_cast<double>(scores.size()));
  return average;
}

Result<Scores> scoreSplit(const Model& model, const SampleSource& cohort, const std::string& split,
                          const Masking& masking, const ProgressSink& progress, const std::stop_token& stop) {
  const auto count = cohort.count(split);
  if (!count) return failure(count.error());
  Scorer scorer(model, masking, stop);
  const auto start = std::chrono::steady_clock::now();
  auto visited = cohort.visit(split, [&](const SamplePtr& sample) {
    if (stop.stop_requested() || !scorer.add(sample)) return false;
    if (progress && *count > 0 && scorer.done() > 0) {
      const double done = std::min(1.0, static_cast<double>(scorer.done()) / static_cast<double>(*count));
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      progress({done, "predicting " + split, took.count() * (1 - done) / done});
    }
    return true;
  });
  if (!visited) return failure(visited.error());
  if (!scorer.error.what.empty() || !scorer.flush()) return failure(scorer.error);
  if (stop.stop_requested()) return failure("The evaluation was stopped.");
  if (scorer.done() == 0)
    return failure(
        "The cohort has no stay in split '" + split + "' with a label of task '" + model.config().task.name + "'.",
        "Check the cohort's splits and the model's task.");
  return scorer.take();
}

}  // namespace fusemoe
