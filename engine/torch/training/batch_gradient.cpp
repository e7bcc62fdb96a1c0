#include "torch/training/batch_gradient.h"

#include <ATen/ATen.h>

#include "torch/inference/prepare.h"

namespace fusemoe {

BatchGradient::BatchGradient(const TrainRequest& request, const ModelConfig& config, const Dataset& train,
                             const Network& network, at::Device device, Team& team)
    : m_request(request),
      m_config(config),
      m_train(train),
      m_network(network),
      m_device(device),
      m_team(team),
      m_noise(request.seed),
      m_positiveWeight(positiveWeight()) {}

/// 0 in the options asks for negatives / positives of the training split.
double BatchGradient::positiveWeight() const {
  if (m_request.training.classWeight > 0) return m_request.training.classWeight;
  double positives = 0;
  for (const float label : m_train.labels()) positives += label > 0.5F ? 1 : 0;
  return positives > 0 ? (static_cast<double>(m_train.labels().size()) - positives) / positives : 1.0;
}

Result<BatchGradient::Slice> BatchGradient::compute(std::uint64_t number, const std::vector<std::size_t>& rows) {
  Slice slice;
  const auto rank = static_cast<std::size_t>(m_team.rank()), processes = static_cast<std::size_t>(m_team.processes());
  const std::size_t first = rows.size() * rank / processes, end = rows.size() * (rank + 1) / processes;
  if (first == end) return slice;
  const std::vector<std::size_t> own(rows.begin() + static_cast<std::ptrdiff_t>(first),
                                     rows.begin() + static_cast<std::ptrdiff_t>(end));
  const TrainConfig& options = m_request.training;
  auto batch = m_train.batch(m_config, own,
                             {options.modalityDropout, options.observationDropout, m_request.seed, number, first});
  if (!batch) return failure(batch.error());
  const Batch moved = to(*batch, m_device);
  m_noise.begin(number, static_cast<std::int64_t>(first), static_cast<std::int64_t>(own.size()));
  const NetworkOutput output = m_network(moved, &m_noise);
  for (const MoeOutput& layer : output.layers) slice.layers.push_back(sumsOf(layer.routings));
  slice.task = taskLossSum(m_config.task.kind, output.logits, moved.labels, m_positiveWeight, options.labelSmoothing);
  return slice;
}

Result<bool> BatchGradient::add(const Place& place, const std::vector<std::size_t>& rows, bool stop, StepReport& step,
                                RoutingTally& tally) {
  auto slice = compute(place.number, rows);
  if (!slice) return failure(slice.error());
  const bool part = slice->task.defined();
  const at::TensorOptions numbers = at::TensorOptions(at::kDouble);
  const at::Tensor routed = part ? flattened(slice->layers) : at::zeros({flattenedSize(m_config)}, numbers);
  const at::Tensor task = part ? slice->task.detach().to(at::kCPU, at::kDouble).reshape({1}) : at::zeros({1}, numbers);
  const at::Tensor own = at::cat({routed, task, at::full({1}, stop ? 1.0 : 0.0, numbers)});
  at::Tensor whole = m_team.alone() ? own : own.clone();
  if (auto summed = m_team.sum(whole); !summed) return failure(summed.error());

  std::vector<float> labels;
  const std::size_t width = m_train.labelWidth();
  for (const std::size_t row : rows)
    labels.insert(labels.end(), m_train.labels().begin() + static_cast<std::ptrdiff_t>(row * width),
                  m_train.labels().begin() + static_cast<std::ptrdiff_t>((row + 1) * width));
  const double weight = taskLossWeight(m_config.task.kind, labels, m_positiveWeight);
  const double tokens =
      static_cast<double>(rows.size()) * (m_config.token == TokenGranularity::Sequence ? 1 : m_config.bins);
  std::vector<RoutingSums> layers = part ? slice->layers : sumsFrom(m_config, routed, tokens);
  // Value of the whole batch, gradient through the own part.
  if (!m_team.alone()) addTo(layers, (whole - own).narrow(0, 0, routed.size(0)));
  std::vector<at::Tensor> balances, regularizers;
  for (RoutingSums& layer : layers) {
    layer.tokens = tokens;
    balances.push_back(balanceLoss(m_config.router, layer));
    regularizers.push_back(entropyRegularizer(m_config.router, layer));
  }
  const at::Tensor balance = at::stack(balances).mean(), regularizer = at::stack(regularizers).mean();
  if (part)
    ((slice->task / weight + m_config.loss.balance * balance + m_config.loss.entropy * regularizer) * place.share)
        .backward();
  step.loss += place.share * whole[routed.size(0)].item<double>() / weight;
  step.balanceLoss += place.share * balance.item<double>();
  step.entropyLoss += place.share * regularizer.item<double>();
  tally.add(whole.narrow(0, 0, routed.size(0)), tokens);
  return whole[routed.size(0) + 1].item<double>() > 0;
}

}  // namespace fusemoe
