#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "api/sample.h"

namespace fusemoe {

/// Moves one recorded observation or event by a difference, so that an edit holds no recorded number itself.
struct MoveObservation {
  std::string modality, variable;  ///< variable empty: `index` counts the modality's events
  int index = 0;                   ///< position in the record as it is in the cohort
  float hours = 0;                 ///< added to its hour
  float value = 0;                 ///< added to its value, in the variable's unit; nothing for events
  bool operator==(const MoveObservation&) const = default;
};

/// One observation more. Hours since the window's start; value in the variable's unit.
struct AddObservation {
  std::string modality, variable;
  Observation observation;
  bool operator==(const AddObservation&) const = default;
};

/// One recorded observation or event less.
struct DeleteObservation {
  std::string modality, variable;  ///< variable empty: `index` counts the modality's events
  int index = 0;
  bool operator==(const DeleteObservation&) const = default;
};

/// All of one variable hidden.
struct MaskVariable {
  std::string modality, variable;
  bool operator==(const MaskVariable&) const = default;
};

/// Everything within from ≤ hour ≤ until hidden, of one modality or, with an empty name, of all series and vectors.
struct MaskWindow {
  std::string modality;
  float from = 0, until = 0;
  bool operator==(const MaskWindow&) const = default;
};

/// One what-if edit of a record. A list of them is a set: each refers to the record as it is in the cohort, so their
/// order says nothing.
using RecordEdit = std::variant<MoveObservation, AddObservation, DeleteObservation, MaskVariable, MaskWindow>;
using RecordEdits = std::vector<RecordEdit>;

/// The sample with the edits made: observations and events again in order of time, hours kept within
/// [0, windowHours], masks last. An edit that names what the sample does not have is left out. The digest tells edited
/// samples apart; without edits, the sample itself.
SamplePtr applyEdits(const SamplePtr& sample, std::span<const RecordEdit> edits, double windowHours);

}  // namespace fusemoe
