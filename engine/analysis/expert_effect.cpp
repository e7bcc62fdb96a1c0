#include "analysis/expert_effect.h"

#include <algorithm>
#include <cmath>

#include "analysis/mask_sweep.h"
#include "analysis/stay_view.h"

namespace fusemoe {
namespace {

/// The stays as recorded, and what each expert is used for.
struct Recorded {
  KeptSamples samples;
  std::vector<float> probability, truth;
  std::vector<double> use;  ///< [L, S] mean kept weight over stays and routers
};

Result<Recorded> predictRecorded(const Model& model, const SampleSource& source, const RankingOptions& options,
                                 const ProgressSink& progress, const std::stop_token& stop) {
  const RoutingShape shape(model.config());
  Recorded recorded;
  recorded.use.resize(static_cast<std::size_t>(shape.layers) * static_cast<std::size_t>(shape.experts));
  SweepOptions sweep;
  sweep.split = options.split;
  sweep.most = options.most;
  auto swept = sweepMasks(
      model, source, {&options.mask, 1}, sweep,
      [&](const SweptStay& stay) {
        const MaskedRouting& routing = stay.routings.front();
        recorded.samples.add(stay.sample);
        recorded.probability.push_back(routing.probability[static_cast<std::size_t>(options.output)]);
        recorded.truth.push_back(labelOf(model.config(), *stay.sample, options.output));
        for (int l = 0; l < shape.layers; ++l)
          for (int r = 0; r < shape.routers; ++r) {
            const auto kept = shape.of(routing.meanTopK, l, r);
            for (std::size_t e = 0; e < kept.size(); ++e)
              recorded.use[static_cast<std::size_t>(l) * kept.size() + e] += static_cast<double>(kept[e]);
          }
        return true;
      },
      progress, stop);
  if (!swept) return failure(swept.error());
  const auto tokens = static_cast<double>(recorded.samples.size()) * shape.routers;
  for (double& use : recorded.use) use /= tokens;
  return recorded;
}

Result<std::vector<float>> predictWithout(const Model& model, const KeptSamples& samples, const ExpertEffect& expert,
                                          const RankingOptions& options, const ProgressSink& progress,
                                          const std::stop_token& stop) {
  std::vector<float> probability;
  SweepOptions sweep;
  sweep.intervention.experts = {{ExpertChange::Kind::KnockOut, expert.layer, expert.expert, -1}};
  auto swept = sweepMasks(
      model, samples, {&options.mask, 1}, sweep,
      [&](const SweptStay& stay) {
        probability.push_back(stay.routings.front().probability[static_cast<std::size_t>(options.output)]);
        return true;
      },
      progress, stop);
  if (!swept) return failure(swept.error());
  return probability;
}

void measure(ExpertEffect& effect, const Recorded& recorded, const std::vector<float>& without,
             const BootstrapOptions& bootstrap) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < without.size(); ++i)
    differences.push_back(static_cast<double>(recorded.probability[i]) - static_cast<double>(without[i]));
  effect.mean = meanOf(differences);
  effect.meanInterval = meanInterval(differences, bootstrap);
  for (double& difference : differences) difference = std::abs(difference);
  effect.meanAbsolute = meanOf(differences);
  const LabelScores with(recorded.probability, recorded.truth), less(without, recorded.truth);
  const auto loss = [&](std::span<const std::uint32_t> weights) -> std::optional<double> {
    const auto whole = with.auroc(weights), rest = less.auroc(weights);
    if (!whole || !rest) return std::nullopt;
    return *whole - *rest;
  };
  effect.aurocLoss = loss({});
  if (effect.aurocLoss) effect.aurocLossInterval = bootstrapInterval(differences.size(), bootstrap, loss);
}

}  // namespace

Result<ExpertRanking> rankExperts(const Model& model, const SampleSource& source, const RankingOptions& options,
                                  const ProgressSink& progress, const std::stop_token& stop) {
  if (auto checked = checkOutput(model.config(), options.output); !checked) return failure(checked.error());
  const RoutingShape shape(model.config());
  const std::size_t all = 1 + static_cast<std::size_t>(shape.layers) * static_cast<std::size_t>(shape.experts);
  auto recorded = predictRecorded(model, source, options, stepOf(progress, 0, all, "as recorded"), stop);
  if (!recorded) return failure(recorded.error());
  ExpertRanking ranking;
  ranking.stays = recorded->samples.size();
  ranking.auroc = LabelScores(recorded->probability, recorded->truth).auroc();
  for (std::size_t i = 0; i < recorded->use.size(); ++i) {
    ExpertEffect effect;
    effect.layer = static_cast<int>(i) / shape.experts;
    effect.expert = static_cast<int>(i) % shape.experts;
    effect.use = recorded->use[i];
    // Without an expert nobody kept everything stays as it is, to the bit.
    std::vector<float> without = recorded->probability;
    if (effect.use > 0) {
      const std::string text =
          "without expert " + std::to_string(effect.expert + 1) + " of layer " + std::to_string(effect.layer + 1);
      auto predicted =
          predictWithout(model, recorded->samples, effect, options, stepOf(progress, i + 1, all, text), stop);
      if (!predicted) return failure(predicted.error());
      without = std::move(*predicted);
    }
    measure(effect, *recorded, without, options.bootstrap);
    ranking.effects.push_back(std::move(effect));
  }
  std::ranges::stable_sort(ranking.effects, std::ranges::greater(), &ExpertEffect::meanAbsolute);
  return ranking;
}

}  // namespace fusemoe
