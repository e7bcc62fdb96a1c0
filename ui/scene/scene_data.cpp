#include "scene/scene_data.h"

#include <algorithm>

namespace fusemoe::ui {
namespace {

Vector3 placeOf(const std::vector<float>& coordinates, std::size_t point) {
  return {coordinates[3 * point], coordinates[3 * point + 1], coordinates[3 * point + 2]};
}

void addRouter(SceneData& scene, const ModelConfig& config, const RoutingResult& result, const LayerResult& layer,
               int index) {
  const RouterResult& router = layer.routers[std::size_t(index)];
  const ModalityState state =
      router.modality < 0 ? ModalityState::Present : result.states[std::size_t(router.modality)];
  const int experts = config.expertsPerRouter();
  // Disjoint routers choose among their own experts, which follow each other.
  const int firstExpert = config.router == Router::Disjoint ? index * experts : 0;
  const int firstToken = int(scene.tokens.size());
  const int firstGate = int(scene.gates.size());
  for (int token = 0; token < router.tokens; ++token) {
    const int bin = config.token == TokenGranularity::Bin ? token : -1;
    scene.tokens.push_back(
        {placeOf(layer.projection.tokens, scene.tokens.size()), index, token, router.modality, bin, state});
  }
  for (int expert = 0; expert < experts; ++expert) {
    scene.gates.push_back({placeOf(layer.projection.gateVectors, scene.gates.size()), index, router.modality,
                           firstExpert + expert, router.meanTopK[std::size_t(firstExpert + expert)]});
  }
  const std::size_t kept = router.tokens > 0 ? router.topKExpert.size() / std::size_t(router.tokens) : 0;
  for (std::size_t i = 0; i < router.topKExpert.size(); ++i) {
    scene.links.push_back(
        {firstToken + int(i / kept), firstGate + router.topKExpert[i] - firstExpert, router.topKWeight[i]});
  }
  scene.linksOfToken = int(kept);
}

}  // namespace

bool SceneData::sameShape(const SceneData& other) const {
  const auto same = [](const auto& a, const auto& b) { return a.router == b.router && a.modality == b.modality; };
  return std::ranges::equal(tokens, other.tokens, same) && std::ranges::equal(gates, other.gates, same);
}

bool SceneData::samePlaces(const SceneData& other) const {
  return std::ranges::equal(tokens, other.tokens, {}, &SceneToken::place, &SceneToken::place) &&
         std::ranges::equal(gates, other.gates, {}, &SceneGate::place, &SceneGate::place);
}

bool SceneData::pointedAt(int token, const Target& target) const {
  const SceneToken& it = tokens[std::size_t(token)];
  if (target.modality >= 0 && it.modality >= 0 && it.modality != target.modality) return false;
  if (target.bin >= 0 && it.bin != target.bin) return false;
  if (target.expert < 0) return true;
  for (int k = 0; k < linksOfToken; ++k) {
    const SceneLink& link = links[std::size_t(token * linksOfToken + k)];
    if (gates[std::size_t(link.gate)].expert == target.expert) return true;
  }
  return false;
}

SceneData sceneOf(const ModelConfig& config, const RoutingResult& result, int layer) {
  SceneData scene;
  const LayerResult& shown = result.layers.at(std::size_t(layer));
  if (shown.projection.tokens.empty() || !result.basis) return scene;
  for (int router = 0; router < int(shown.routers.size()); ++router) addRouter(scene, config, result, shown, router);
  scene.explained = shown.projection.explained;
  scene.axes = result.basis->source + " layer " + std::to_string(layer);
  return scene;
}

SceneData between(const SceneData& from, const SceneData& to, double share) {
  SceneData scene = to;
  for (std::size_t i = 0; i < scene.tokens.size(); ++i)
    scene.tokens[i].place = mix(from.tokens[i].place, to.tokens[i].place, share);
  for (std::size_t i = 0; i < scene.gates.size(); ++i)
    scene.gates[i].place = mix(from.gates[i].place, to.gates[i].place, share);
  return scene;
}

}  // namespace fusemoe::ui
