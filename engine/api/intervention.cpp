#include "api/intervention.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fusemoe {
namespace {

constexpr std::size_t kLongestText = 16384;
constexpr std::size_t kMostChanges = 1024;
constexpr int kLargestNumber = 999999;
constexpr std::string_view kTopK = "top-k", kGate = "gate", kMissing = "missing";

constexpr std::array kKinds{ExpertChange::Kind::KnockOut, ExpertChange::Kind::Pin, ExpertChange::Kind::Swap};
constexpr std::array kGates{Gate::Softmax, Gate::Laplace, Gate::Gaussian};
constexpr std::array kSubstitutes{MissingSubstitute::AsTrained, MissingSubstitute::Learned, MissingSubstitute::Zeros,
                                  MissingSubstitute::TrainingMean};

std::string number(int value) {
  return std::to_string(value);
}

/// "layer 2" or "every layer".
std::string layerName(int layer) {
  return layer < 0 ? "every layer" : "layer " + number(layer + 1);
}

// ---- rules

Result<void> validateExpert(int expert, const ModelConfig& config) {
  if (expert >= 0 && expert < config.experts) return {};
  return failure("The intervention names expert " + number(expert + 1) + ", which the model does not have.",
                 "Name an expert from 1 to " + number(config.experts) + ".");
}

Result<void> validateChange(const ExpertChange& change, const ModelConfig& config) {
  if (change.layer < -1 || change.layer >= config.layers)
    return failure("The intervention names layer " + number(change.layer + 1) + ", which the model does not have.",
                   "Name a layer from 1 to " + number(config.layers) + ", or * for all.");
  if (auto valid = validateExpert(change.expert, config); !valid) return valid;
  if (change.kind != ExpertChange::Kind::Swap) return {};
  if (auto valid = validateExpert(change.other, config); !valid) return valid;
  if (change.other == change.expert)
    return failure("The intervention swaps expert " + number(change.expert + 1) + " with itself.", "Name two experts.");
  return {};
}

/// Is this expert changed like this in this layer?
bool changed(const Intervention& intervention, ExpertChange::Kind kind, int layer, int expert) {
  return std::any_of(intervention.experts.begin(), intervention.experts.end(), [&](const ExpertChange& change) {
    return change.kind == kind && change.expert == expert && (change.layer < 0 || change.layer == layer);
  });
}

/// The experts first … first + choices − 1, among which one router of one layer chooses.
Result<void> validatePool(const Intervention& intervention, const ModelConfig& config, int layer, int first) {
  const int choices = config.expertsPerRouter(), kept = intervention.topK > 0 ? intervention.topK : config.topK;
  int left = choices, pinned = 0;
  for (int expert = first; expert < first + choices; ++expert) {
    const bool out = changed(intervention, ExpertChange::Kind::KnockOut, layer, expert);
    const bool pin = changed(intervention, ExpertChange::Kind::Pin, layer, expert);
    if (out && pin)
      return failure(
          "The intervention both knocks out and pins expert " + number(expert + 1) + " in " + layerName(layer) + ".",
          "Leave one of the two out.");
    left -= out ? 1 : 0;
    pinned += pin ? 1 : 0;
  }
  const std::string pool = config.router == Router::Disjoint
                               ? " of " + config.modalities[static_cast<std::size_t>(first / choices)].name
                               : std::string();
  if (left < kept)
    return failure("The intervention leaves " + number(left) + " experts" + pool + " in " + layerName(layer) +
                       ", but a token keeps " + number(kept) + ".",
                   "Knock out fewer experts, or add top-k " + number(std::max(1, left)) + ".");
  if (pinned > kept)
    return failure("The intervention pins " + number(pinned) + " experts" + pool + " in " + layerName(layer) +
                       ", but a token keeps " + number(kept) + ".",
                   "Pin at most " + number(kept) + ", or add top-k " + number(pinned) + ".");
  return {};
}

Result<void> validateMeans(const EncodingMeans& means, const ModelConfig& config) {
  const auto width = static_cast<std::size_t>(config.bins) * static_cast<std::size_t>(config.width);
  const bool fits = means.means.size() == config.modalities.size() &&
                    std::all_of(means.means.begin(), means.means.end(),
                                [&](const auto& mean) { return mean.empty() || mean.size() == width; });
  if (fits) return {};
  return failure("The training means of the intervention belong to another model.", "Compute them with this model.");
}

// ---- text

template <class E, std::size_t N>
std::string listed(const std::array<E, N>& values) {
  std::string text;
  for (const E value : values) text += (text.empty() ? "" : ", ") + std::string(nameOf(value));
  return text;
}

template <class E, std::size_t N>
std::optional<E> named(const std::array<E, N>& values, std::string_view text) {
  for (const E value : values)
    if (nameOf(value) == text) return value;
  return {};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t first = 0; first <= text.size();) {
    const std::size_t end = std::min(text.find(at, first), text.size());
    parts.push_back(trimmed(text.substr(first, end - first)));
    first = end + 1;
  }
  return parts;
}

/// A whole number from 1.
std::optional<int> positive(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > kLargestNumber) return {};
  return value;
}

/// What a user wrote, safe to repeat in one line.
std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 60;
  std::string shown;
  for (const char c : text.substr(0, kShown))
    shown += static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F ? c : '?';
  return "'" + shown + (text.size() > kShown ? "…" : "") + "'";
}

/// "2:7" or "*:7"; for a swap "2:7:4".
Result<ExpertChange> changeFrom(ExpertChange::Kind kind, std::string_view text, std::string_view whole) {
  const bool swap = kind == ExpertChange::Kind::Swap;
  const std::vector<std::string_view> parts = split(text, ':');
  ExpertChange change{kind, -1, 0, -1};
  bool readable = parts.size() == (swap ? 3U : 2U);
  if (readable && parts[0] != "*") {
    const auto layer = positive(parts[0]);
    readable = layer.has_value();
    change.layer = layer.value_or(0) - 1;
  }
  if (readable) {
    const auto expert = positive(parts[1]), other = swap ? positive(parts[2]) : std::optional(1);
    readable = expert && other;
    change.expert = expert.value_or(1) - 1;
    if (swap) change.other = other.value_or(1) - 1;
  }
  if (readable) return change;
  return failure("The change " + quoted(whole) + " does not say which expert.",
                 swap ? "Write swap LAYER:EXPERT:OTHER, as in swap 2:1:4; * for all layers."
                      : "Write " + std::string(nameOf(kind)) + " LAYER:EXPERT, as in " + std::string(nameOf(kind)) +
                            " 2:7; * for all layers.");
}

/// Reads one part into the intervention.
Result<void> readPart(std::string_view part, Intervention& into) {
  const std::size_t space = part.find_first_of(" \t");
  const std::string_view word = part.substr(0, space);
  const std::string_view rest = space == std::string_view::npos ? std::string_view() : trimmed(part.substr(space));
  auto twice = [&] { return failure("The changes name " + std::string(word) + " twice.", "Name it once."); };
  if (const auto kind = named(kKinds, word)) {
    if (into.experts.size() >= kMostChanges)
      return failure("There are more than " + std::to_string(kMostChanges) + " changes of experts.", "Name fewer.");
    auto change = changeFrom(*kind, rest, part);
    if (!change) return failure(change.error());
    into.experts.push_back(*change);
    return {};
  }
  if (word == kTopK) {
    if (into.topK > 0) return twice();
    const auto kept = positive(rest);
    if (!kept)
      return failure("The change " + quoted(part) + " does not say how many experts a token keeps.",
                     "Write a whole number from 1, as in top-k 1.");
    into.topK = *kept;
    return {};
  }
  if (word == kGate) {
    if (into.gate) return twice();
    into.gate = named(kGates, rest);
    if (!into.gate) return failure("The change " + quoted(part) + " names no gate.", "Gates: " + listed(kGates) + ".");
    return {};
  }
  if (word == kMissing) {
    if (into.missing != MissingSubstitute::AsTrained) return twice();
    const auto substitute = named(kSubstitutes, rest);
    if (!substitute)
      return failure("The change " + quoted(part) + " does not say what stands for a missing modality.",
                     "It may be " + listed(kSubstitutes) + ".");
    into.missing = *substitute;
    return {};
  }
  return failure("The change " + quoted(part) + " is not known.",
                 "A change is " + listed(kKinds) + ", top-k, gate or missing; several are separated by semicolons.");
}

}  // namespace

Result<void> validate(const Intervention& intervention, const ModelConfig& config) {
  for (const ExpertChange& change : intervention.experts)
    if (auto valid = validateChange(change, config); !valid) return valid;
  if (intervention.topK < 0 || intervention.topK > config.expertsPerRouter())
    return failure(
        "The intervention keeps " + number(intervention.topK) + " experts a token.",
        "A router of this model chooses among " + number(config.expertsPerRouter()) + ": keep from 1 to as many.");
  for (int layer = 0; layer < config.layers; ++layer)
    for (int first = 0; first < config.experts; first += config.expertsPerRouter())
      if (auto valid = validatePool(intervention, config, layer, first); !valid) return valid;
  if (intervention.missing == MissingSubstitute::Learned && config.missing != MissingMechanism::Learned)
    return failure("The model has no learned embedding of a missing modality: it was trained with zeros.",
                   "Choose zeros or training-mean.");
  return intervention.means ? validateMeans(*intervention.means, config) : Result<void>();
}

std::string describe(const Intervention& intervention) {
  std::string text;
  auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  for (const ExpertChange& change : intervention.experts)
    add(std::string(nameOf(change.kind)) + " " + (change.layer < 0 ? "*" : number(change.layer + 1)) + ":" +
        number(change.expert + 1) +
        (change.kind == ExpertChange::Kind::Swap ? ":" + number(change.other + 1) : std::string()));
  if (intervention.topK > 0) add(std::string(kTopK) + " " + number(intervention.topK));
  if (intervention.gate) add(std::string(kGate) + " " + std::string(nameOf(*intervention.gate)));
  if (intervention.missing != MissingSubstitute::AsTrained)
    add(std::string(kMissing) + " " + std::string(nameOf(intervention.missing)));
  return text;
}

Result<Intervention> interventionFromText(std::string_view text) {
  if (text.size() > kLongestText)
    return failure("The changes are longer than " + std::to_string(kLongestText) + " characters.", "Name fewer.");
  Intervention intervention;
  if (trimmed(text).empty()) return intervention;
  for (const std::string_view part : split(text, ';')) {
    if (part.empty())
      return failure("There is nothing between two semicolons of the changes.", "Take one semicolon away.");
    if (auto read = readPart(part, intervention); !read) return failure(read.error());
  }
  return intervention;
}

std::string_view nameOf(MissingSubstitute substitute) {
  switch (substitute) {
    case MissingSubstitute::AsTrained:
      return "as-trained";
    case MissingSubstitute::Learned:
      return "learned";
    case MissingSubstitute::Zeros:
      return "zeros";
    case MissingSubstitute::TrainingMean:
      return "training-mean";
  }
  return {};
}

std::string_view nameOf(ExpertChange::Kind kind) {
  switch (kind) {
    case ExpertChange::Kind::KnockOut:
      return "knock-out";
    case ExpertChange::Kind::Pin:
      return "pin";
    case ExpertChange::Kind::Swap:
      return "swap";
  }
  return {};
}

}  // namespace fusemoe
