#include "torch/training/prepared.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "torch/inference/prepare.h"

namespace fusemoe {
namespace {

std::vector<float> floatsOf(const at::Tensor& tensor) {
  if (!tensor.defined()) return {};
  const at::Tensor flat = tensor.contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

/// Puts one field of all samples into a tensor [B, …]; with `rows` the second dimension is padded with zeros to
/// `longest`.
at::Tensor gathered(std::span<const PreparedSample* const> samples, std::size_t modality,
                    std::vector<float> PreparedSample::Part::*field, std::vector<std::int64_t> shape) {
  shape.insert(shape.begin(), static_cast<std::int64_t>(samples.size()));
  at::Tensor all = at::zeros(shape);
  const std::int64_t stride = all.numel() / shape[0];
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::vector<float>& own = samples[i]->parts[modality].*field;
    std::copy(own.begin(), own.end(), all.data_ptr<float>() + static_cast<std::int64_t>(i) * stride);
  }
  return all;
}

}  // namespace

std::size_t PreparedSample::bytes() const {
  std::size_t sum = sizeof *this;
  for (const Part& part : parts)
    sum += sizeof part + sizeof(float) * (part.times.size() + part.values.size() + part.mask.size() + part.grid.size());
  return sum;
}

Result<PreparedSample> prepareSample(const ModelConfig& config, const PredictRequest& request) {
  auto batch = prepare(config, {&request, 1});
  if (!batch) return failure(batch.error());
  PreparedSample prepared;
  for (const ModalityInput& input : batch->modalities)
    prepared.parts.push_back({input.missing.data_ptr<bool>()[0], input.times.defined() ? input.times.size(1) : 0,
                              floatsOf(input.times), floatsOf(input.values), floatsOf(input.mask),
                              floatsOf(input.grid)});
  return prepared;
}

Batch assemble(const ModelConfig& config, std::span<const PreparedSample* const> samples,
               std::span<const ModalityMask> masks) {
  using Part = PreparedSample::Part;
  Batch batch;
  for (std::size_t m = 0; m < config.modalities.size(); ++m) {
    const ModalityConfig& modality = config.modalities[m];
    const auto variables = static_cast<std::int64_t>(modality.variables.size());
    ModalityInput input;
    input.missing = at::empty({static_cast<std::int64_t>(samples.size())}, at::kBool);
    std::int64_t longest = 1;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const Part& part = samples[i]->parts[m];
      input.missing.data_ptr<bool>()[i] = part.missing || (masks[i] >> m & 1U);
      longest = std::max(longest, part.rows);
    }
    const Part& first = samples.front()->parts[m];
    if (modality.kind == ModalityKind::Static) {
      input.values = gathered(samples, m, &Part::values, {static_cast<std::int64_t>(first.values.size())});
    } else {
      const bool series = modality.kind == ModalityKind::Series;
      input.times = gathered(samples, m, &Part::times, {longest});
      input.values = gathered(samples, m, &Part::values, {longest, series ? variables : modality.width});
      input.mask =
          gathered(samples, m, &Part::mask,
                   series ? std::vector<std::int64_t>{longest, variables} : std::vector<std::int64_t>{longest});
      if (!first.grid.empty())
        input.grid = gathered(samples, m, &Part::grid,
                              {config.bins, static_cast<std::int64_t>(first.grid.size()) / config.bins});
    }
    batch.modalities.push_back(std::move(input));
  }
  return batch;
}

}  // namespace fusemoe
