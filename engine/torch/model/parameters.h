#pragma once

#include <ATen/core/Generator.h>

#include <cstdint>
#include <string>
#include <vector>

#include "api/model_config.h"
#include "torch/model/safetensors.h"

namespace fusemoe {

/// How a parameter starts before training.
enum class Initial { Uniform, Xavier, Normal, Zeros, Ones, SmallNormal };

/// One parameter of the network: our format's tensor name and what it must be.
struct ParameterSpec {
  std::string name;
  std::vector<std::int64_t> shape;
  Initial initial = Initial::Uniform;
  std::int64_t fanIn = 1;  ///< of Uniform: values in ±1/√fanIn
};

/// Every parameter of a network of this config: names, shapes and initial values. The one list that the network, the
/// file reader, the trainer and the upstream reader agree on.
std::vector<ParameterSpec> parameterLayout(const ModelConfig& config);

/// A parameter of an expert, by its name; and a matrix of one: nearly all of a large model's bytes.
bool isExpert(const std::string& parameter);
bool isExpertWeight(const std::string& parameter);

/// One fresh parameter.
at::Tensor initialTensor(const ParameterSpec& spec, at::Generator& generator);
/// Fresh parameters, the same for the same seed.
TensorMap initialParameters(const ModelConfig& config, std::uint64_t seed);

/// Checks a file's tensors against the layout: missing, unknown, wrong shape, and values that are not finite; of
/// experts these only if `readExperts`. Errors name the tensor.
Result<void> checkParameters(const ModelConfig& config, const TensorMap& tensors, bool readExperts);

/// "joint", or the modality a router belongs to: part of parameter names.
std::string routerName(const ModelConfig& config, int router);

}  // namespace fusemoe
