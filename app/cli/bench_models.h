#pragma once

#include "api/model_config.h"

namespace fusemoe::cli {

/// What a small model for curves is varied in.
struct SmallModel {
  int modalities = 4;
  int variables = 4;  ///< of each modality, a series with mTAND
  int bins = 16;
  int width = 64;
  int layers = 2;
  int experts = 16;
  int topK = 2;
  int expertHidden = 64;
  TokenGranularity token = TokenGranularity::Sequence;
};

/// A valid configuration with per-modality Laplace routers, a binary task and a window of 48 hours.
ModelConfig smallConfig(const SmallModel& small);

}  // namespace fusemoe::cli
