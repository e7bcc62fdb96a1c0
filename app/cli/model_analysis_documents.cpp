// Of those that look at a model over a cohort: collapse, matching, ranking.
#include "cohort_analysis_documents.h"
#include "document_parts.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

constexpr const char* kOneClass =
    "AUROC is not defined where the labels that are known are not of both classes; those are null.";

ordered_json shareDocument(const ModelConfig& config, const ModalityShare& share) {
  return {{"modality", modalityAt(config, share.modality)},
          {"n", share.stays},
          {"attribution", share.attribution},
          {"attribution_ci", intervalDocument(share.attributionInterval)},
          {"share", share.share},
          {"auroc_alone", orNull(share.alone)},
          {"auroc_without", orNull(share.without)},
          {"auroc_full", orNull(share.full)}};
}

ordered_json layerDocument(const ModelConfig& config, const LayerUse& layer) {
  ordered_json composition = ordered_json::array();
  const auto modalities = static_cast<std::size_t>(config.modalityCount());
  for (std::size_t e = 0; e * modalities < layer.composition.size(); ++e) {
    ordered_json expert = ordered_json::object();
    for (std::size_t m = 0; m < modalities; ++m)
      expert[config.modalities[m].name] = layer.composition[e * modalities + m];
    composition.push_back(std::move(expert));
  }
  return {{"importance", layer.importance},
          {"composition", composition},
          {"effective_experts", layer.effectiveExperts},
          {"dead", layer.dead},
          {"mean_dense_entropy", layer.meanDenseEntropy}};
}

ordered_json gateDocument(const ModelConfig& config, const GateGeometry& gate) {
  return {{"layer", gate.layer},
          {"router", config.router == Router::Joint ? "joint" : modalityAt(config, gate.router)},
          {"experts", gate.experts},
          {"norm", gate.norm},
          {"distance", gate.distance},
          {"cosine", gate.cosine}};
}

std::string number(const std::optional<double>& value) {
  return value ? formatted("%.3f", *value) : std::string("  –  ");
}

bool lacksAuroc(const CollapseReport& report) {
  for (const ModalityShare& share : report.modalities)
    if (!share.full) return true;
  return false;
}

}  // namespace

ordered_json collapseDocument(const ModelConfig& config, const CollapseReport& report) {
  ordered_json document{{"n", report.stays},
                        {"attribution_space", "probability"},
                        {"weight_space", "top-K"},
                        {"entropy_space", "dense"},
                        {"unimodal", report.unimodal}};
  for (const char* list : {"modalities", "layers", "gates", "findings"}) document[list] = ordered_json::array();
  for (const ModalityShare& share : report.modalities) document["modalities"].push_back(shareDocument(config, share));
  for (const LayerUse& layer : report.layers) document["layers"].push_back(layerDocument(config, layer));
  for (const GateGeometry& gate : report.gates) document["gates"].push_back(gateDocument(config, gate));
  for (const Finding& finding : report.findings)
    document["findings"].push_back({{"name", finding.name},
                                    {"value", finding.value},
                                    {"scale", {finding.least, finding.most}},
                                    {"warn", finding.warn},
                                    {"meaning", finding.meaning},
                                    {"next", finding.next}});
  document["reason"] = lacksAuroc(report) ? ordered_json(kOneClass) : ordered_json(nullptr);
  return document;
}

std::string collapseText(const ModelConfig& config, const CollapseReport& report) {
  std::string text = formatted(
      "n = %zu stays; attribution: mean |Shapley value| of the probability [95 %% interval], exact over all masks\n\n"
      "modality       n  attribution               share  AUROC alone  without  full\n",
      report.stays);
  for (const ModalityShare& share : report.modalities)
    text += formatted("%-12s %5zu  %.4f [%.4f, %.4f]  %5.1f %%  %s        %s    %s\n",
                      modalityAt(config, share.modality).c_str(), share.stays, share.attribution,
                      share.attributionInterval.low, share.attributionInterval.high, 100 * share.share,
                      number(share.alone).c_str(), number(share.without).c_str(), number(share.full).c_str());
  if (lacksAuroc(report)) text += std::string(kOneClass) + "\n";
  for (std::size_t l = 0; l < report.layers.size(); ++l) {
    const LayerUse& layer = report.layers[l];
    text += formatted("\nlayer %zu: %.1f experts in effect of %d, %zu dead; entropy of dense routing %.3f nats\n",
                      l + 1, layer.effectiveExperts, config.experts, layer.dead.size(), layer.meanDenseEntropy);
    const auto modalities = static_cast<std::size_t>(config.modalityCount());
    for (std::size_t e = 0; e < layer.importance.size(); ++e) {
      if (layer.importance[e] <= 0) continue;
      text += formatted("  E%-3zu %5.1f %% of the kept weight", e + 1, 100 * layer.importance[e]);
      for (std::size_t m = 0; m < modalities && !layer.composition.empty(); ++m)
        if (const double share = layer.composition[e * modalities + m]; share >= 0.005)
          text += formatted("%s%s %.0f %%", text.ends_with("weight") ? ": " : ", ", config.modalities[m].name.c_str(),
                            100 * share);
      text += "\n";
    }
  }
  text += "\n";
  for (const Finding& finding : report.findings)
    text += formatted("%s %s: %.3f (%g to %g). ", finding.warn ? "!" : " ", finding.name.c_str(), finding.value,
                      finding.least, finding.most) +
            finding.meaning + "\n    " + finding.next + "\n";
  return text;
}

ordered_json matchingDocument(const MatchingReport& report) {
  ordered_json layers = ordered_json::array();
  for (const MatchedLayer& layer : report.layers) {
    const std::size_t experts = layer.partner.size();
    ordered_json similarity = ordered_json::array();
    for (std::size_t e = 0; e < experts; ++e)
      similarity.push_back(
          std::vector<double>(layer.similarity.begin() + static_cast<std::ptrdiff_t>(e * experts),
                              layer.similarity.begin() + static_cast<std::ptrdiff_t>((e + 1) * experts)));
    layers.push_back({{"partner", layer.partner},
                      {"matched", layer.matched},
                      {"by_number", layer.byNumber},
                      {"chance", layer.chance},
                      {"chance_p95", layer.chanceHigh},
                      {"same_number", layer.sameNumber},
                      {"similarity", similarity}});
  }
  return {{"n", report.stays},
          {"measure", "Pearson correlation of usage profiles over stays and routers"},
          {"space", "top-K"},
          {"layers", layers},
          {"verdict", report.verdict}};
}

std::string matchingText(const MatchingReport& report) {
  std::string text =
      formatted("n = %zu stays; correlation of experts' kept weight over stays and routers\n", report.stays);
  for (std::size_t l = 0; l < report.layers.size(); ++l) {
    const MatchedLayer& layer = report.layers[l];
    text += formatted(
        "\nlayer %zu: matched %.3f, by number %.3f; stays shuffled %.3f (95 %% below %.3f); %d of %zu keep their "
        "number\n",
        l + 1, layer.matched, layer.byNumber, layer.chance, layer.chanceHigh, layer.sameNumber, layer.partner.size());
    for (std::size_t e = 0; e < layer.partner.size(); ++e) {
      const auto partner = static_cast<std::size_t>(layer.partner[e]);
      text +=
          formatted("  E%zu → E%zu  %.3f\n", e + 1, partner + 1, layer.similarity[e * layer.partner.size() + partner]);
    }
  }
  return text + "\n" + report.verdict + "\n";
}

ordered_json rankingDocument(const ExpertRanking& ranking) {
  ordered_json effects = ordered_json::array();
  for (const ExpertEffect& effect : ranking.effects)
    effects.push_back({{"layer", effect.layer},
                       {"expert", effect.expert},
                       {"use", effect.use},
                       {"mean_absolute", effect.meanAbsolute},
                       {"mean", effect.mean},
                       {"mean_ci", intervalDocument(effect.meanInterval)},
                       {"auroc_loss", orNull(effect.aurocLoss)},
                       {"auroc_loss_ci", intervalDocument(effect.aurocLossInterval)}});
  return {{"n", ranking.stays},
          {"space", "probability"},
          {"use_space", "top-K"},
          {"intervention", "knock-out of one expert in one layer"},
          {"auroc", orNull(ranking.auroc)},
          {"reason", ranking.auroc ? ordered_json(nullptr) : ordered_json(kOneClass)},
          {"effects", effects}};
}

std::string rankingText(const ExpertRanking& ranking) {
  std::string text = formatted("n = %zu stays, AUROC as recorded %s; each expert knocked out in one layer\n",
                               ranking.stays, number(ranking.auroc).c_str());
  if (!ranking.auroc) text += std::string(kOneClass) + "\n";
  text +=
      "Δ: probability with − without it; > 0: it raises the risk\n\n"
      "layer expert   use    mean |Δ|  mean Δ [95 % interval]        AUROC lost [95 % interval]\n";
  for (const ExpertEffect& effect : ranking.effects) {
    text += formatted("%3d   E%-4d  %.3f  %.5f   %+.5f [%+.5f, %+.5f]", effect.layer + 1, effect.expert + 1, effect.use,
                      effect.meanAbsolute, effect.mean, effect.meanInterval.low, effect.meanInterval.high);
    if (effect.aurocLoss) text += formatted("  %+.4f", *effect.aurocLoss);
    if (effect.aurocLossInterval)
      text += formatted(" [%+.4f, %+.4f]", effect.aurocLossInterval->low, effect.aurocLossInterval->high);
    text += "\n";
  }
  return text;
}

}  // namespace fusemoe::cli
