#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/model_config.h"
#include "base/result.h"

namespace fusemoe {

/// What stands for a missing modality, whatever the checkpoint was trained with.
enum class MissingSubstitute {
  AsTrained,     ///< as ModelConfig::missing says
  Learned,       ///< the checkpoint's learned embedding; only where it has one
  Zeros,         ///< zeros, as in the authors' code
  TrainingMean,  ///< mean of the encoded modality over stays that have it (EncodingMeans)
};

/// A change of one expert, before top-K is taken.
struct ExpertChange {
  enum class Kind {
    KnockOut,  ///< no router may choose it: the others share its tokens
    Pin,   ///< every token that may choose it keeps it, in place of its K-th choice where it would not have; weights
           ///< follow from the logits of those kept
    Swap,  ///< tokens sent to `expert` are computed by `other` and the other way round; routing stays
  };
  Kind kind = Kind::KnockOut;
  int layer = -1;  ///< 0-based; −1 = all
  int expert = 0;  ///< 0-based, over all pools
  int other = -1;  ///< Swap
  bool operator==(const ExpertChange&) const = default;
};

/// Mean encoded sequence of each modality, for MissingSubstitute::TrainingMean.
struct EncodingMeans {
  std::string source;                     ///< names model and stays it was made of; equal names mean equal numbers
  std::vector<std::vector<float>> means;  ///< [M] of [γ·D], time-major, before √D and position; empty without a stay
  std::vector<std::size_t> stays;         ///< [M] that had the modality
};
using EncodingMeansPtr = std::shared_ptr<const EncodingMeans>;

/// What is changed about a model while it predicts. Its weights stay as they are.
struct Intervention {
  std::vector<ExpertChange> experts;  ///< in this order
  int topK = 0;                       ///< experts a token keeps; 0 = the model's
  std::optional<Gate> gate;           ///< another gate on the same tokens and gate vectors: not trained with it
  MissingSubstitute missing = MissingSubstitute::AsTrained;
  EncodingMeansPtr means;  ///< of the same model; needed to predict with the training mean. Never saved
  bool empty() const { return *this == Intervention{}; }
  bool operator==(const Intervention&) const = default;
};

/// Every rule an intervention must meet with this model; the error names expert, layer or modality and what may be.
Result<void> validate(const Intervention& intervention, const ModelConfig& config);

/// A text that is equal for equal interventions, as in "knock-out 2:7; swap *:1:4; top-k 1; gate gaussian; missing
/// zeros"; empty for none. Layers and experts from 1, as shown; "*" for all layers. Without the means.
std::string describe(const Intervention& intervention);

/// Reads what `describe` writes. The error says which part and what may be.
Result<Intervention> interventionFromText(std::string_view text);

std::string_view nameOf(MissingSubstitute);   // as-trained, learned, zeros, training-mean
std::string_view nameOf(ExpertChange::Kind);  // knock-out, pin, swap

}  // namespace fusemoe
