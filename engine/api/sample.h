#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/model_config.h"

namespace fusemoe {

/// One measurement. Time in hours since the window's start; value in the variable's unit.
struct Observation {
  float hour = 0;
  float value = 0;
  bool operator==(const Observation&) const = default;
};

/// One timed vector of a `vectors` modality (a note, an image, an ECG, a coded event).
struct Event {
  float hour = 0;
  std::string code;           ///< what it is, where the source says ("diabetes"); may be empty
  std::vector<float> vector;  ///< [width]
  bool operator==(const Event&) const = default;
};

/// One variable of a sample: its observations in ascending time. A static variable has at most one.
struct VariableData {
  std::string name;
  std::vector<Observation> observations;
  bool operator==(const VariableData&) const = default;
};

/// What one stay has of one modality. Empty of any observation or event = absent.
struct ModalityData {
  std::string name;
  ModalityKind kind = ModalityKind::Series;
  std::vector<VariableData> variables;  ///< series, static
  std::vector<Event> events;            ///< vectors; ascending time
  bool present() const;
  std::size_t observationCount() const;
  bool operator==(const ModalityData&) const = default;
};

/// One stay, as the cohort has it: independent of any model. Immutable once shared.
struct Sample {
  std::int64_t stayId = 0;
  std::string digest;  ///< identifies cohort, stay and any edit; part of a RequestKey
  std::vector<ModalityData> modalities;
  std::map<std::string, std::vector<float>> labels;  ///< task name -> one value a label; NaN = unknown
  const ModalityData* modality(const std::string& name) const;
};
using SamplePtr = std::shared_ptr<const Sample>;

/// Where training and evaluation read stays from. Implemented by the cohort store.
class SampleSource {
 public:
  virtual ~SampleSource() = default;
  /// Visits the stays of a split ("train", "validation", "test", or "" for all) in ascending stay id, one at a time, in
  /// bounded memory, until `visit` returns false. Any thread, one at a time.
  virtual Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const = 0;
  /// Number of stays `visit` would give.
  virtual Result<std::size_t> count(const std::string& split) const = 0;
};

}  // namespace fusemoe
