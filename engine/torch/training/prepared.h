#pragma once

#include <span>
#include <vector>

#include "api/engine.h"
#include "torch/model/network.h"

namespace fusemoe {

/// One sample as prepare() (inference/prepare.h) makes it, without a batch's padding: made once, used every epoch.
struct PreparedSample {
  struct Part {
    bool missing = false;
    std::int64_t rows = 0;                         ///< times of a series, events of vectors; 0 for static
    std::vector<float> times, values, mask, grid;  ///< as ModalityInput's, of one sample
  };
  std::vector<Part> parts;  ///< [M]
  std::size_t bytes() const;
};

Result<PreparedSample> prepareSample(const ModelConfig& config, const PredictRequest& request);

/// The batch that prepare() would make of these samples with these masks, number for number.
Batch assemble(const ModelConfig& config, std::span<const PreparedSample* const> samples,
               std::span<const ModalityMask> masks);

}  // namespace fusemoe
