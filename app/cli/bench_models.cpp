#include "bench_models.h"

namespace fusemoe::cli {

ModelConfig smallConfig(const SmallModel& small) {
  ModelConfig config;
  config.name = "small model of the bench";
  config.task = {"outcome", "Outcome", TaskKind::Binary, {"event"}};
  for (int m = 0; m < small.modalities; ++m) {
    ModalityConfig modality;
    modality.name = "series" + std::to_string(m);
    for (int v = 0; v < small.variables; ++v)
      modality.variables.push_back({.name = "variable" + std::to_string(v), .title = {}, .unit = {}});
    config.modalities.push_back(std::move(modality));
  }
  config.bins = small.bins;
  config.width = small.width;
  config.heads = 4;
  config.timeWidth = 32;
  config.layers = small.layers;
  config.experts = small.experts;
  config.topK = small.topK;
  config.expertHidden = small.expertHidden;
  config.token = small.token;
  return config;
}

}  // namespace fusemoe::cli
