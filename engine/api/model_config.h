#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fusemoe {

/// Gate function on a token x and gate vectors W_i (FUSEMOE.md §4): xᵀW_i, −‖x−W_i‖, −‖x−W_i‖².
enum class Gate { Softmax, Laplace, Gaussian };
/// One router on the concatenated modalities; one a modality over a shared pool; one a modality with its own experts.
enum class Router { Joint, PerModality, Disjoint };
/// A token is one modality's whole γ·D sequence (the authors' code) or one time bin of it (the paper).
enum class TokenGranularity { Sequence, Bin };
/// Experts combined in log-softmax space (the authors' code) or linearly (the paper).
enum class ExpertOutput { LogSoftmax, Linear };
/// What a missing modality becomes: a learned embedding (the paper) or zeros (the authors' code).
enum class MissingMechanism { Learned, Zeros };
enum class ModalityKind { Series, Vectors, Static };
enum class TaskKind { Binary, MultiClass, MultiLabel };
/// Granularity of the UTDE gate: one scalar, one a bin, one a bin and channel (`batch`, `batch_seq`, …_feature
/// upstream).
enum class UtdeGate { Batch, BatchSeq, BatchSeqFeature };
/// What a series' regular grid tells of each variable and bin. Value: last value carried forward, observed flag (the
/// authors' code). Summary: also exp(−hours since the last observation / 8), least and greatest value within the bin.
enum class GridChannels { Value, Summary };
/// What the head reads of each modality: its last bin (the authors' code), or the mean over bins beside it.
enum class Pooling { Last, MeanLast };

/// One measured variable of a series or static modality, with the statistics its values are standardised by.
struct VariableConfig {
  std::string name;
  std::string title;  ///< as shown; empty = name
  std::string unit;
  double mean = 0.0;       ///< training-set mean, in `unit`, or of log(1 + value)
  double std = 1.0;        ///< training-set standard deviation, > 0, of the same
  bool logarithm = false;  ///< log(1 + value) is standardised, not the value; values below 0 count as 0
  bool operator==(const VariableConfig&) const = default;
};

struct ModalityConfig {
  std::string name;   ///< key in cohort and masks
  std::string title;  ///< as shown; empty = name
  ModalityKind kind = ModalityKind::Series;
  std::vector<VariableConfig> variables;  ///< series and static
  int width = 0;                          ///< vectors: length of each event's vector
  bool irregularityEncoder = true;        ///< mTAND on the observations; series without it use the regular grid alone
  bool utde = false;                      ///< series: mix mTAND with the regular grid through a learned gate
  UtdeGate utdeGate = UtdeGate::BatchSeq;
  GridChannels grid = GridChannels::Value;  ///< series with a regular grid
  bool logSkewed = false;  ///< training sets `logarithm` of variables that are never negative and skewed to the right
  bool operator==(const ModalityConfig&) const = default;
};

struct TaskConfig {
  std::string name;   ///< label key in the cohort
  std::string title;  ///< as shown, e.g. "Death within five years"
  TaskKind kind = TaskKind::Binary;
  std::vector<std::string> labels;  ///< binary: the name of the positive class; otherwise one a class or label
  bool operator==(const TaskConfig&) const = default;
};

struct LossConfig {
  double balance = 0.01;  ///< c of the load-balance loss
  double entropy = 0.0;   ///< coefficient of the entropy regulariser E
  bool operator==(const LossConfig&) const = default;
};

/// Everything that shapes the computation. Immutable once a model is open. Symbols as in FUSEMOE.md.
struct ModelConfig {
  std::string name;
  TaskConfig task;
  double windowHours = 48.0;  ///< observation times are divided by this
  std::vector<ModalityConfig> modalities;
  int bins = 48;       ///< γ
  int width = 128;     ///< D
  int heads = 8;       ///< of mTAND and of self-attention
  int timeWidth = 64;  ///< d_time
  int layers = 3;      ///< L
  int experts = 16;    ///< S, over all pools
  int topK = 4;        ///< K a token keeps; for disjoint routers, of each modality's own experts
  int expertHidden = 512;
  Gate gate = Gate::Laplace;
  Router router = Router::PerModality;
  TokenGranularity token = TokenGranularity::Bin;
  ExpertOutput expertOutput = ExpertOutput::Linear;
  MissingMechanism missing = MissingMechanism::Learned;
  Pooling pooling = Pooling::Last;
  bool noisyGating = true;  ///< in training only
  double dropout = 0.1;     ///< in training only
  LossConfig loss;

  /// M.
  int modalityCount() const { return static_cast<int>(modalities.size()); }
  /// Routers a layer has: 1 or M.
  int routerCount() const { return router == Router::Joint ? 1 : modalityCount(); }
  /// Experts one router chooses among: S, or S/M for disjoint routers.
  int expertsPerRouter() const { return router == Router::Disjoint ? experts / modalityCount() : experts; }
  /// Width of one token as a router sees it.
  int tokenWidth() const;
  /// Width of an expert's output: all modalities together.
  int expertOutputWidth() const;
  /// Numbers the head reads: D or 2·D a modality.
  int headWidth() const { return (pooling == Pooling::MeanLast ? 2 : 1) * width * modalityCount(); }
  /// Numbers the head gives: 2 for binary, else one a label.
  int outputs() const { return task.kind == TaskKind::Binary ? 2 : static_cast<int>(task.labels.size()); }
  /// Index of a modality by name, or -1.
  int modalityIndex(std::string_view modality) const;

  bool operator==(const ModelConfig&) const = default;
};

/// Channels a variable has on the regular grid.
constexpr int channelsOf(GridChannels grid) {
  return grid == GridChannels::Summary ? 5 : 2;
}

inline constexpr int kMaxModalities = 32;

/// A set of modalities of one config: bit i = modality i is masked by the user.
using ModalityMask = std::uint32_t;

/// Names to mask. Error: a name the model does not have (the hint lists those it has).
Result<ModalityMask> maskFromNames(const ModelConfig& config, const std::vector<std::string>& names);

/// Every rule a config must meet; the error names the field and says what it may be.
Result<void> validate(const ModelConfig& config);

/// Parses and validates. Error names the field ("modalities[2].width must be …").
Result<ModelConfig> modelConfigFromJson(std::string_view json);
std::string toJson(const ModelConfig& config);

// The names used in JSON, and shown.
std::string_view nameOf(Gate);
std::string_view nameOf(Router);
std::string_view nameOf(TokenGranularity);
std::string_view nameOf(ExpertOutput);
std::string_view nameOf(MissingMechanism);
std::string_view nameOf(ModalityKind);
std::string_view nameOf(TaskKind);
std::string_view nameOf(UtdeGate);
std::string_view nameOf(GridChannels);
std::string_view nameOf(Pooling);

}  // namespace fusemoe
