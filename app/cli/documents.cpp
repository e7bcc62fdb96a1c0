#include "documents.h"

#include <algorithm>
#include <cstdio>

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

/// Chosen experts of a router, descending mean weight.
ordered_json topKDocument(const RouterResult& router) {
  std::vector<std::size_t> experts;
  for (std::size_t e = 0; e < router.meanTopK.size(); ++e)
    if (router.meanTopK[e] > 0) experts.push_back(e);
  std::stable_sort(experts.begin(), experts.end(),
                   [&](std::size_t a, std::size_t b) { return router.meanTopK[a] > router.meanTopK[b]; });
  ordered_json list = ordered_json::array();
  for (const std::size_t expert : experts) list.push_back({{"expert", expert}, {"weight", router.meanTopK[expert]}});
  return list;
}

ordered_json tokensDocument(const RouterResult& router) {
  ordered_json tokens = ordered_json::array();
  const std::size_t kept = router.topKExpert.size() / static_cast<std::size_t>(router.tokens);
  for (std::size_t t = 0; t < static_cast<std::size_t>(router.tokens); ++t) {
    ordered_json token = ordered_json::array();
    for (std::size_t k = t * kept; k < (t + 1) * kept; ++k)
      token.push_back({{"expert", router.topKExpert[k]}, {"weight", router.topKWeight[k]}});
    tokens.push_back(std::move(token));
  }
  return tokens;
}

std::string routerModality(const ModelConfig& config, const RouterResult& router) {
  return router.modality < 0 ? "joint" : config.modalities[static_cast<std::size_t>(router.modality)].name;
}

ordered_json layerDocument(const ModelConfig& config, const LayerResult& layer, bool perToken) {
  ordered_json routers = ordered_json::array();
  for (const RouterResult& router : layer.routers) {
    ordered_json entry{{"modality", routerModality(config, router)},
                       {"tokens", router.tokens},
                       {"dense", router.meanDense},
                       {"topk", topKDocument(router)}};
    if (perToken) entry["token_topk"] = tokensDocument(router);
    routers.push_back(std::move(entry));
  }
  return {{"routers", routers},
          {"experts", {{"importance", layer.importance}, {"load", layer.load}}},
          {"entropy",
           {{"per_modality", layer.entropy.perModality},
            {"mean", layer.entropy.mean},
            {"mixture", layer.entropy.mixture},
            {"regularizer", layer.entropy.regularizer},
            {"bounds", {layer.entropy.lowerBound, 0.0}}}}};
}

}  // namespace

ordered_json predictionDocument(const ModelConfig& config, const Sample& sample, const RoutingResult& result,
                                bool perToken) {
  ordered_json document{{"stay", sample.stayId}, {"labels", config.task.labels}, {"probability", result.probability}};
  document["modalities"] = ordered_json::array();
  for (std::size_t m = 0; m < config.modalities.size(); ++m)
    document["modalities"].push_back({{"name", config.modalities[m].name}, {"state", nameOf(result.states[m])}});
  document["layers"] = ordered_json::array();
  for (const LayerResult& layer : result.layers) document["layers"].push_back(layerDocument(config, layer, perToken));
  document["expert_output"] = nameOf(config.expertOutput);
  document["model_digest"] = result.key.modelDigest;
  document["note"] = "research use only, not for clinical decisions";
  return document;
}

std::string predictionText(const ModelConfig& config, const Sample& sample, const RoutingResult& result) {
  std::string text = "stay " + std::to_string(sample.stayId) + "\n";
  char line[160];
  for (std::size_t i = 0; i < result.probability.size(); ++i) {
    std::snprintf(line, sizeof line, "%s, %s: %.4f\n", config.task.title.c_str(), config.task.labels[i].c_str(),
                  static_cast<double>(result.probability[i]));
    text += line;
  }
  for (std::size_t m = 0; m < config.modalities.size(); ++m)
    text += "  " + config.modalities[m].name + ": " + std::string(nameOf(result.states[m])) + "\n";
  for (std::size_t l = 0; l < result.layers.size(); ++l) {
    const LayerResult& layer = result.layers[l];
    std::snprintf(line, sizeof line, "layer %zu: E = %.4f nats (bounds %.4f to 0)\n", l + 1, layer.entropy.regularizer,
                  layer.entropy.lowerBound);
    text += line;
    for (const RouterResult& router : layer.routers) {
      text += "  " + routerModality(config, router) + ", top-K:";
      for (const auto& chosen : topKDocument(router)) {
        std::snprintf(line, sizeof line, " E%d %.3f", chosen["expert"].get<int>() + 1, chosen["weight"].get<double>());
        text += line;
      }
      text += "\n";
    }
  }
  return text + "Research use only, not for clinical decisions.\n";
}

ordered_json modelDocument(const ModelConfig& config, const ModelInfo& info) {
  return {{"path", info.path},       {"format", info.format},
          {"digest", info.digest},   {"digest_of", info.digestOf},
          {"weights", info.weights}, {"parameters", info.parameters},
          {"tensors", info.tensors}, {"bytes", info.bytes},
          {"notes", info.notes},     {"config", ordered_json::parse(toJson(config))},
          {"card", info.card}};
}

std::string modelText(const ModelConfig& config, const ModelInfo& info) {
  std::string text = config.name + "\n" + info.path + "\nformat " + info.format + ", " +
                     std::to_string(info.parameters) + " parameters in " + std::to_string(info.tensors) + " tensors, " +
                     std::to_string(info.bytes) + " bytes of " + info.weights + "\nSHA-256 " + info.digest + " of " +
                     info.digestOf + "\n";
  for (const std::string& note : info.notes) text += "Note: " + note + "\n";
  return text + toJson(config) + "\n" + (info.card.empty() ? "" : "\n" + info.card);
}

}  // namespace fusemoe::cli
