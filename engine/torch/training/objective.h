#pragma once

#include <span>

#include "torch/model/network.h"
#include "torch/moe/losses.h"

namespace fusemoe {

/// Σ over rows of the task's loss: cross-entropy with class weights (binary, multi-class) or binary cross-entropy
/// summed over labels, targets smoothed. `logits` [B, outputs], `labels` [B, labels].
at::Tensor taskLossSum(TaskKind kind, const at::Tensor& logits, const at::Tensor& labels, double positiveWeight,
                       double smoothing);

/// What taskLossSum is divided by for the mean: Σ of class weights, or rows × labels. `labels` row by row.
double taskLossWeight(TaskKind kind, std::span<const float> labels, double positiveWeight);

/// Sums of routings as plain numbers, for reports: [layer][router] importance, load and dense sums.
class RoutingTally {
 public:
  explicit RoutingTally(const ModelConfig& config) : m_config(&config) {}
  /// `sums` as flattened() lays them out, of `tokens` tokens a router.
  void add(const at::Tensor& sums, double tokens);
  std::vector<EntropyTerms> entropy() const;
  /// [L][S] share of the kept weights.
  std::vector<std::vector<double>> expertLoad() const;

 private:
  const double* of(std::size_t layer, std::size_t router) const;
  const ModelConfig* m_config;
  std::vector<double> m_sums;
  double m_tokens = 0;
};

/// All sums in one row: layers, in them routers, in them importance, load, dense.
at::Tensor flattened(const std::vector<RoutingSums>& layers);
/// How long that row is.
std::int64_t flattenedSize(const ModelConfig& config);
/// The sums such a row holds, without gradients.
std::vector<RoutingSums> sumsFrom(const ModelConfig& config, const at::Tensor& row, double tokens);
/// Adds such a row to the sums, which keep their gradients.
void addTo(std::vector<RoutingSums>& layers, const at::Tensor& row);

}  // namespace fusemoe
