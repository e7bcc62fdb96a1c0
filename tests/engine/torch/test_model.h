#pragma once

#include <random>

#include "api/model_config.h"
#include "api/sample.h"
#include "torch/model/parameters.h"

namespace fusemoe::test {

/// A small model of every kind of modality.
ModelConfig smallConfig(Router router = Router::PerModality, Gate gate = Gate::Laplace,
                        TokenGranularity token = TokenGranularity::Bin);

/// Parameters with every value random (initial zeros too), so that nothing is hidden by a zero.
TensorMap randomParameters(const ModelConfig& config, std::uint64_t seed);

/// A stay for smallConfig: irregular times, each modality present unless named in `absent`.
SamplePtr sample(std::int64_t id, const std::vector<std::string>& absent = {});

/// Stays in memory. The label depends on the vitals: learnable.
class MemoryCohort : public SampleSource {
 public:
  explicit MemoryCohort(int train = 64, int validation = 32);
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;
  std::vector<SamplePtr> trainStays, validationStays;
};

}  // namespace fusemoe::test
