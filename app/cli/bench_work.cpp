#include "bench_work.h"

#include <algorithm>
#include <set>

namespace fusemoe::cli {
namespace {

/// Operations of a product [n, a]·[a, b].
double product(double n, double a, double b) {
  return 2 * n * a * b;
}

bool hasGrid(const ModalityConfig& modality) {
  return modality.kind == ModalityKind::Series && (modality.utde || !modality.irregularityEncoder);
}

/// mTAND on N times: keys and scores, then what is attended. Series: two products a head (values and their flags), and
/// the map of 2V channels a head; vectors: each event's vector is mapped first, then mixed.
double attendFlops(const ModelConfig& config, const ModalityConfig& modality, double times) {
  const double bins = config.bins, heads = config.heads, width = config.width, time = config.timeWidth;
  const double scores = product(bins, time, time) + product(times, time, time) + product(bins, time, times);
  if (modality.kind == ModalityKind::Vectors)
    return scores + product(times, modality.width, heads * width) + product(bins, heads * times, width);
  const double variables = static_cast<double>(modality.variables.size());
  return scores + 2 * heads * product(bins, times, variables) + product(bins, heads * 2 * variables, width);
}

double encoderFlops(const ModelConfig& config, const ModalityConfig& modality, double times) {
  const double bins = config.bins, width = config.width;
  const double variables = static_cast<double>(modality.variables.size());
  if (modality.kind == ModalityKind::Static) return product(1, 2 * variables, width);
  double flops = modality.irregularityEncoder ? attendFlops(config, modality, times) : 0;
  if (hasGrid(modality)) flops += product(bins, channelsOf(modality.grid) * variables, width);
  if (modality.utde)
    flops += modality.utdeGate == UtdeGate::Batch
                 ? product(1, 2 * width, width) + product(1, width, 1)
                 : product(bins, 2 * width, width) +
                       product(bins, width, modality.utdeGate == UtdeGate::BatchSeqFeature ? width : 1);
  return flops;
}

std::int64_t countMarks(const std::vector<bool>& marks) {
  return std::count(marks.begin(), marks.end(), true);
}

}  // namespace

std::int64_t attendedTimes(const ModalityConfig& modality, const Sample& sample) {
  const ModalityData* data = sample.modality(modality.name);
  if (!data) return 0;
  if (modality.kind == ModalityKind::Vectors) return static_cast<std::int64_t>(data->events.size());
  std::set<float> hours;
  for (const VariableData& variable : data->variables)
    if (std::ranges::any_of(modality.variables, [&](const auto& known) { return known.name == variable.name; }))
      for (const Observation& observation : variable.observations) hours.insert(observation.hour);
  return static_cast<std::int64_t>(hours.size());
}

FlopCount flopsOf(const ModelConfig& config, const Sample& sample, ModalityMask mask) {
  const double bins = config.bins, width = config.width, modalities = config.modalityCount(), layers = config.layers;
  FlopCount count;
  for (int m = 0; m < config.modalityCount(); ++m) {
    const ModalityConfig& modality = config.modalities[static_cast<std::size_t>(m)];
    const auto times = static_cast<double>(attendedTimes(modality, sample));
    if (times > 0 && (mask >> m & 1U) == 0) count.encoders += encoderFlops(config, modality, times);
  }
  const double attention =
      product(bins, width, 3 * width) + 2 * product(bins, width, bins) + product(bins, width, width);
  count.attention = layers * modalities * attention;
  count.feedForward = layers * modalities * 2 * product(bins, width, 4 * width);
  const double tokens = (config.token == TokenGranularity::Sequence ? 1 : bins) * config.routerCount();
  count.routers = layers * product(tokens, config.tokenWidth(), config.expertsPerRouter());
  count.experts = layers * (product(tokens * config.topK, config.tokenWidth(), config.expertHidden) +
                            product(tokens * config.topK, config.expertHidden, config.expertOutputWidth()));
  const double joined = config.headWidth();
  count.head = 2 * product(1, joined, joined) + product(1, joined, config.outputs());
  return count;
}

std::int64_t expertBytes(const ModelConfig& config, std::string_view weights) {
  const std::int64_t in = config.tokenWidth(), hidden = config.expertHidden, out = config.expertOutputWidth();
  const bool narrow = weights.find("16") != std::string_view::npos;
  const std::int64_t size = narrow ? 2 : weights == "f64" ? 8 : 4;
  return size * (in * hidden + hidden + hidden * out + out);
}

std::int64_t distinctExperts(const ModelConfig& config, const RoutingResult& result, std::size_t first) {
  std::int64_t distinct = 0;
  for (std::size_t layer = first; layer < result.layers.size(); ++layer) {
    std::vector<bool> chosen(static_cast<std::size_t>(config.experts));
    for (const RouterResult& router : result.layers[layer].routers)
      for (const int expert : router.topKExpert) chosen[static_cast<std::size_t>(expert)] = true;
    distinct += countMarks(chosen);
  }
  return distinct;
}

std::int64_t distinctExperts(const ModelConfig& config, std::span<const MaskedRouting> states) {
  const RoutingShape shape(config);
  std::int64_t distinct = 0;
  for (int layer = 0; layer < shape.layers; ++layer) {
    std::vector<bool> chosen(static_cast<std::size_t>(shape.experts));
    for (const MaskedRouting& state : states)
      for (int router = 0; router < shape.routers; ++router) {
        const auto weights = shape.of(state.meanTopK, layer, router);
        for (std::size_t e = 0; e < weights.size(); ++e)
          if (weights[e] > 0) chosen[e] = true;
      }
    distinct += countMarks(chosen);
  }
  return distinct;
}

}  // namespace fusemoe::cli
