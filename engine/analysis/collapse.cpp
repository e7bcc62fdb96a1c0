#include "analysis/collapse.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "analysis/collapse_findings.h"
#include "analysis/shapley.h"
#include "analysis/stay_view.h"

namespace fusemoe {
namespace {

double entropyOf(std::span<const double> shares) {
  double entropy = 0;
  for (const double share : shares) entropy -= share > 0 ? share * std::log(share) : 0;
  return entropy;
}

/// What is gathered of one modality, stay by stay.
struct ModalityRows {
  std::vector<double> attribution;  ///< |Shapley value|; all stays
  // Of the stays that have it:
  std::vector<float> alone, without, full, truth;
};

/// Of one layer, routing as recorded.
struct LayerSums {
  std::vector<double> kept;  ///< [R, S]
  double entropy = 0;
};

class Gathered {
 public:
  Gathered(const ModelConfig& config, int output)
      : modalities(static_cast<std::size_t>(config.modalityCount())),
        layers(static_cast<std::size_t>(config.layers)),
        m_config(config),
        m_shape(config),
        m_output(static_cast<std::size_t>(output)) {
    for (LayerSums& layer : layers) layer.kept.resize(static_cast<std::size_t>(m_shape.routers * m_shape.experts));
  }

  /// `stay` under all masks.
  void add(const SweptStay& stay) {
    // By what is masked: index = mask.
    std::vector<double> probability(stay.routings.size());
    for (const MaskedRouting& routing : stay.routings)
      probability[routing.mask] = static_cast<double>(routing.probability[m_output]);
    addAttributions(stay.recorded, probability);
    addPredictions(stay, probability);
    const auto recorded = std::ranges::find(stay.routings, ModalityMask{0}, &MaskedRouting::mask);
    addRouting(*recorded);
    ++stays;
  }

  std::vector<ModalityRows> modalities;
  std::vector<LayerSums> layers;
  std::size_t stays = 0;

 private:
  void addAttributions(std::uint32_t recorded, const std::vector<double>& probability) {
    std::vector<std::uint32_t> players;
    for (std::size_t m = 0; m < modalities.size(); ++m)
      if (recorded >> m & 1U) players.push_back(1U << m);
    std::vector<double> game(std::size_t{1} << players.size());
    for (std::size_t set = 0; set < game.size(); ++set) {
      std::uint32_t shown = 0;
      for (std::size_t i = 0; i < players.size(); ++i) shown |= (set >> i & 1U) ? players[i] : 0;
      game[set] = probability[recorded & ~shown];
    }
    const std::vector<double> values = shapleyValues(game, static_cast<int>(players.size()));
    for (ModalityRows& rows : modalities) rows.attribution.push_back(0);
    for (std::size_t i = 0; i < players.size(); ++i)
      modalities[static_cast<std::size_t>(std::countr_zero(players[i]))].attribution.back() = std::abs(values[i]);
  }
  void addPredictions(const SweptStay& stay, const std::vector<double>& probability) {
    const float truth = labelOf(m_config, *stay.sample, static_cast<int>(m_output));
    for (std::size_t m = 0; m < modalities.size(); ++m) {
      const std::uint32_t bit = 1U << m;
      if (!(stay.recorded & bit)) continue;
      modalities[m].alone.push_back(static_cast<float>(probability[stay.recorded & ~bit]));
      modalities[m].without.push_back(static_cast<float>(probability[bit]));
      modalities[m].full.push_back(static_cast<float>(probability[0]));
      modalities[m].truth.push_back(truth);
    }
  }
  void addRouting(const MaskedRouting& routing) {
    for (int l = 0; l < m_shape.layers; ++l)
      for (int r = 0; r < m_shape.routers; ++r) {
        LayerSums& layer = layers[static_cast<std::size_t>(l)];
        const auto kept = m_shape.of(routing.meanTopK, l, r);
        for (std::size_t e = 0; e < kept.size(); ++e)
          layer.kept[static_cast<std::size_t>(r) * kept.size() + e] += static_cast<double>(kept[e]);
        const auto dense = m_shape.of(routing.meanDense, l, r);
        layer.entropy += entropyOf(std::vector<double>(dense.begin(), dense.end()));
      }
  }

  const ModelConfig& m_config;
  RoutingShape m_shape;
  std::size_t m_output;
};

void fillShares(CollapseReport& report, const Gathered& gathered, const BootstrapOptions& bootstrap) {
  double sum = 0;
  for (std::size_t m = 0; m < gathered.modalities.size(); ++m) {
    const ModalityRows& rows = gathered.modalities[m];
    ModalityShare share;
    share.modality = static_cast<int>(m);
    share.stays = rows.truth.size();
    share.attribution = meanOf(rows.attribution);
    share.attributionInterval = meanInterval(rows.attribution, bootstrap);
    share.alone = LabelScores(rows.alone, rows.truth).auroc();
    share.without = LabelScores(rows.without, rows.truth).auroc();
    share.full = LabelScores(rows.full, rows.truth).auroc();
    sum += share.attribution;
    report.modalities.push_back(share);
  }
  if (sum <= 0) return;  // no modality moves the prediction
  std::vector<double> shares;
  for (ModalityShare& share : report.modalities) shares.push_back(share.share = share.attribution / sum);
  report.unimodal = shares.size() > 1 ? 1 - entropyOf(shares) / std::log(static_cast<double>(shares.size())) : 1;
}

LayerUse useOf(const LayerSums& sums, const RoutingShape& shape, std::size_t stays) {
  const auto experts = static_cast<std::size_t>(shape.experts), routers = static_cast<std::size_t>(shape.routers);
  LayerUse use;
  use.importance.resize(experts);
  for (std::size_t i = 0; i < sums.kept.size(); ++i) use.importance[i % experts] += sums.kept[i];
  if (routers > 1) {
    use.composition.resize(experts * routers);
    for (std::size_t e = 0; e < experts; ++e)
      for (std::size_t r = 0; r < routers && use.importance[e] > 0; ++r)
        use.composition[e * routers + r] = sums.kept[r * experts + e] / use.importance[e];
  }
  const double whole = std::accumulate(use.importance.begin(), use.importance.end(), 0.0);
  for (std::size_t e = 0; e < experts; ++e) {
    if (use.importance[e] <= 0) use.dead.push_back(static_cast<int>(e));
    if (whole > 0) use.importance[e] /= whole;
  }
  use.effectiveExperts = std::exp(entropyOf(use.importance));
  use.meanDenseEntropy = sums.entropy / (static_cast<double>(stays) * shape.routers);
  return use;
}

}  // namespace

Result<CollapseReport> collapseReport(const Model& model, const SampleSource& source, const CollapseOptions& options,
                                      const ProgressSink& progress, const std::stop_token& stop) {
  const ModelConfig& config = model.config();
  if (auto checked = checkOutput(config, options.output); !checked) return failure(checked.error());
  const auto masks = allMasks(config.modalityCount());
  if (!masks) return failure(masks.error());
  auto gates = model.gateGeometry();
  if (!gates) return failure(gates.error());
  Gathered gathered(config, options.output);
  SweepOptions sweep;
  sweep.split = options.split;
  sweep.most = options.most;
  auto swept = sweepMasks(
      model, source, *masks, sweep,
      [&](const SweptStay& stay) {
        gathered.add(stay);
        return true;
      },
      progress, stop);
  if (!swept) return failure(swept.error());
  CollapseReport report;
  report.stays = gathered.stays;
  fillShares(report, gathered, options.bootstrap);
  for (const LayerSums& sums : gathered.layers)
    report.layers.push_back(useOf(sums, RoutingShape(config), gathered.stays));
  report.gates = std::move(*gates);
  report.findings = collapseFindings(report, config);
  return report;
}

}  // namespace fusemoe
