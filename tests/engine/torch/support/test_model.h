#pragma once

#include <functional>
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

/// d(loss)/d(values[i]) by central differences; `values` is a flat double view of what `loss` reads, and is put back.
double numericDerivative(const at::Tensor& values, std::int64_t i, const std::function<at::Tensor()>& loss);

/// Stays in memory. The label depends on the vitals: learnable.
class MemoryCohort : public SampleSource {
 public:
  explicit MemoryCohort(int train = 64, int validation = 32);
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;
  std::vector<SamplePtr> trainStays, validationStays;
};

}  // namespace fusemoe::test
