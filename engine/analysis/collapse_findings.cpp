#include "analysis/collapse_findings.h"

#include <algorithm>
#include <cstdio>

namespace fusemoe {
namespace {

// From where on a finding is a warning. Conventions, not theory: half way to one modality alone (of four, when one has
// 81 %); fewer experts in effect than a third of them; gate vectors ten times nearer than is usual.
constexpr double kUnimodal = 0.5, kFewInEffect = 1.0 / 3, kNear = 0.1;

std::string text(const char* format, auto... values) {
  char line[400];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

Finding unimodal(const CollapseReport& report, const ModelConfig& config) {
  const ModalityShare& most = *std::ranges::max_element(report.modalities, {}, &ModalityShare::share);
  Finding finding{"unimodal collapse", report.unimodal, 0, 1, report.unimodal > kUnimodal, {}, {}};
  if (most.share <= 0) {
    finding.warn = true;
    finding.meaning = text("No modality moves the prediction in any of %zu stays.", report.stays);
    finding.next = "Train longer (training.epochs, training.patience) or at another training.learning_rate.";
    return finding;
  }
  finding.meaning = text(
      "'%s' brings %.0f %% of what moves the prediction (mean |Shapley value| of the probability, "
      "n = %zu). 0: all modalities alike; 1: one decides alone.",
      config.modalities[static_cast<std::size_t>(most.modality)].name.c_str(), 100 * most.share, report.stays);
  finding.next = finding.warn
                     ? text(
                           "Mask modalities more often in training (training.modality_dropout, 0.1 unless set), so "
                           "that the others must carry the prediction; raise model.loss.entropy (now %g). Compare "
                           "the AUROC of the others alone first: they may hold no more.",
                           config.loss.entropy)
                     : "Nothing needs to change.";
  return finding;
}

Finding effectiveExperts(const CollapseReport& report, const ModelConfig& config) {
  const auto fewest = std::ranges::min_element(report.layers, {}, &LayerUse::effectiveExperts);
  const double value = fewest->effectiveExperts;
  Finding finding{"effective experts",
                  value,
                  1,
                  static_cast<double>(config.experts),
                  value < kFewInEffect * config.experts,
                  {},
                  {}};
  finding.meaning = text(
      "Layer %d spreads its weight as %.1f equal experts would, of %d (exp of the entropy of the kept "
      "weight, top-K, n = %zu).",
      static_cast<int>(fewest - report.layers.begin()) + 1, value, config.experts, report.stays);
  finding.next = finding.warn ? text(
                                    "Raise model.loss.balance (now %g), keep model.noisy_gating on (now %s), or take "
                                    "fewer experts (model.experts).",
                                    config.loss.balance, config.noisyGating ? "on" : "off")
                              : "Nothing needs to change.";
  return finding;
}

Finding deadExperts(const CollapseReport& report, const ModelConfig& config) {
  std::size_t dead = 0;
  std::string which;
  for (std::size_t l = 0; l < report.layers.size(); ++l)
    for (const int expert : report.layers[l].dead) {
      ++dead;
      which += (which.empty() ? "" : ", ") + std::to_string(l + 1) + ":" + std::to_string(expert + 1);
    }
  const double all = static_cast<double>(config.experts) * static_cast<double>(report.layers.size());
  Finding finding{"dead experts", static_cast<double>(dead), 0, all, dead > 0, {}, {}};
  finding.meaning =
      dead == 0 ? text("Every expert is kept by some token (n = %zu).", report.stays)
                : "Kept by no token in n = " + std::to_string(report.stays) + " stays (layer:expert): " + which + ".";
  finding.next = dead == 0 ? "Nothing needs to change."
                           : text(
                                 "They cost memory and do nothing: take fewer experts (model.experts, now %d), or "
                                 "raise model.loss.balance (now %g) and keep model.noisy_gating on (now %s).",
                                 config.experts, config.loss.balance, config.noisyGating ? "on" : "off");
  return finding;
}

/// Two gate vectors of one router, and how near they are beside the median of that router.
struct NearPair {
  double ratio = 1;
  int layer = 0, router = 0, a = -1, b = -1;
};

NearPair nearestGates(const std::vector<GateGeometry>& gates) {
  NearPair nearest;
  for (const GateGeometry& gate : gates) {
    const std::size_t n = gate.experts.size();
    std::vector<double> distances;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j) distances.push_back(gate.distance[i * n + j]);
    if (distances.empty()) continue;
    std::ranges::sort(distances);
    const double median = quantile(distances, 0.5);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j) {
        const double ratio = median > 0 ? gate.distance[i * n + j] / median : 0;
        if (nearest.a < 0 || ratio < nearest.ratio)
          nearest = {ratio, gate.layer, gate.router, gate.experts[i], gate.experts[j]};
      }
  }
  return nearest;
}

Finding nearestGateVectors(const CollapseReport& report, const ModelConfig& config) {
  const NearPair nearest = nearestGates(report.gates);
  Finding finding{"nearest gate vectors", std::min(nearest.ratio, 1.0), 0, 1, nearest.ratio < kNear, {}, {}};
  if (nearest.a < 0) {
    finding.meaning = "No router chooses between two experts.";
    finding.next = "Nothing needs to change.";
    return finding;
  }
  const std::string router = config.router == Router::Joint
                                 ? "the joint router"
                                 : "router '" + config.modalities[static_cast<std::size_t>(nearest.router)].name + "'";
  finding.meaning = text(
      "Experts %d and %d of layer %d, %s, have the nearest gate vectors: %.2f of the router's median "
      "distance. 0: the router cannot tell them apart.",
      nearest.a + 1, nearest.b + 1, nearest.layer + 1, router.c_str(), nearest.ratio);
  finding.next = finding.warn ? text(
                                    "Such experts get the same tokens: take fewer (model.experts, now %d), or raise "
                                    "model.loss.entropy (now %g).",
                                    config.experts, config.loss.entropy)
                              : "Nothing needs to change.";
  return finding;
}

}  // namespace

std::vector<Finding> collapseFindings(const CollapseReport& report, const ModelConfig& config) {
  return {unimodal(report, config), effectiveExperts(report, config), deadExperts(report, config),
          nearestGateVectors(report, config)};
}

}  // namespace fusemoe
