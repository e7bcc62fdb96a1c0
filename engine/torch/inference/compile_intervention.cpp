#include "torch/inference/compile_intervention.h"

#include <ATen/ATen.h>

#include <numeric>

namespace fusemoe {
namespace {

/// Marks an expert for the router that may choose it: for disjoint routers one, else all.
void mark(at::Tensor RoutingChange::*which, int expert, const ModelConfig& config, MoeChange& change) {
  const int choices = config.expertsPerRouter();
  for (int router = 0; router < config.routerCount(); ++router) {
    const int place = config.router == Router::Disjoint ? expert - router * choices : expert;
    if (place < 0 || place >= choices) continue;
    at::Tensor& marks = change.routers[static_cast<std::size_t>(router)].*which;
    if (!marks.defined()) marks = at::zeros({choices}, at::kBool);
    marks.data_ptr<bool>()[place] = true;
  }
}

MoeChange layerOf(const Intervention& intervention, const ModelConfig& config, int layer) {
  MoeChange made;
  made.gate = intervention.gate;
  made.topK = intervention.topK;
  made.routers.resize(static_cast<std::size_t>(config.routerCount()));
  made.computedBy.resize(static_cast<std::size_t>(config.experts));
  std::iota(made.computedBy.begin(), made.computedBy.end(), std::size_t{0});
  for (const ExpertChange& change : intervention.experts) {
    if (change.layer >= 0 && change.layer != layer) continue;
    switch (change.kind) {
      case ExpertChange::Kind::KnockOut:
        mark(&RoutingChange::excluded, change.expert, config, made);
        break;
      case ExpertChange::Kind::Pin:
        mark(&RoutingChange::pinned, change.expert, config, made);
        break;
      case ExpertChange::Kind::Swap:
        std::swap(made.computedBy[static_cast<std::size_t>(change.expert)],
                  made.computedBy[static_cast<std::size_t>(change.other)]);
        break;
    }
  }
  return made;
}

Result<std::vector<at::Tensor>> meansOf(const EncodingMeansPtr& means, const ModelConfig& config) {
  if (!means)
    return failure("The training mean is to stand for a missing modality, but has not been computed.",
                   "Compute it over the training split first.");
  std::vector<at::Tensor> substitutes;
  for (std::size_t m = 0; m < config.modalities.size(); ++m) {
    if (means->means[m].empty())
      return failure("No stay has '" + config.modalities[m].name + "', so there is no training mean to stand for it.",
                     "Choose zeros or the learned embedding, or a cohort that has it.");
    substitutes.push_back(at::tensor(means->means[m]).view({config.bins, config.width}));
  }
  return substitutes;
}

}  // namespace

Result<NetworkChange> compile(const Intervention& intervention, const ModelConfig& config, at::Device device) {
  NetworkChange made;
  if (auto valid = validate(intervention, config); !valid) return failure(valid.error());
  if (!intervention.experts.empty() || intervention.topK > 0 || intervention.gate)
    for (int layer = 0; layer < config.layers; ++layer) made.layers.push_back(layerOf(intervention, config, layer));
  if (intervention.missing == MissingSubstitute::Zeros)
    made.substitutes.assign(config.modalities.size(), at::zeros({config.width}));
  if (intervention.missing == MissingSubstitute::TrainingMean) {
    auto means = meansOf(intervention.means, config);
    if (!means) return failure(means.error());
    made.substitutes = std::move(*means);
  }
  auto move = [device](at::Tensor& tensor) {
    if (tensor.defined()) tensor = tensor.to(device);
  };
  for (MoeChange& layer : made.layers)
    for (RoutingChange& router : layer.routers) {
      move(router.excluded);
      move(router.pinned);
    }
  for (at::Tensor& substitute : made.substitutes) move(substitute);
  return made;
}

}  // namespace fusemoe
