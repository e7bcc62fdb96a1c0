#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "api/sample.h"

namespace fusemoe {

/// Moves one recorded observation or event by a difference, so that an edit holds no recorded number itself. The one
/// value of a static variable is changed by a move of no hours.
struct MoveObservation {
  std::string modality, variable;  ///< variable empty: `index` counts the modality's events
  int index = 0;                   ///< position in the record as it is in the cohort
  float hours = 0;                 ///< added to its hour; nothing for static variables
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

/// One what-if edit of a record. A list of them is a set: each refers to the record as it is in the cohort, so neither
/// order nor repetition says anything.
using RecordEdit = std::variant<MoveObservation, AddObservation, DeleteObservation, MaskVariable, MaskWindow>;
using RecordEdits = std::vector<RecordEdit>;

/// What the edits make of one observation or event.
struct RecordMark {
  int index = -1;        ///< position in the record; −1 = added by an edit
  Observation recorded;  ///< as in the cohort (value 0 for an event); for an added one as its edit says
  Observation shown;     ///< with the edits made
  bool deleted = false;
  bool masked = false;  ///< within a masked variable or time window
  bool added() const { return index < 0; }
  bool edited() const { return added() || deleted || shown != recorded; }
  /// True when the model gets to see it.
  bool visible() const { return !deleted && !masked; }
  bool operator==(const RecordMark&) const = default;
};
using RecordMarks = std::vector<RecordMark>;

/// The marks of one modality: those of the record in its order, then the added ones in order of time and value.
struct MarkedModality {
  std::vector<RecordMarks> variables;  ///< as ModalityData::variables
  RecordMarks events;                  ///< as ModalityData::events
};

struct MarkedRecord {
  std::vector<MarkedModality> modalities;  ///< as Sample::modalities
  std::string changes;                     ///< equal for equal sets of edits that could be made; empty = none
};

/// Makes the edits. Hours are kept within [0, windowHours]; masks look at the hours that moves lead to. Left out are an
/// edit that names what the sample does not have, one with a number that is not finite or leads to one, a second value
/// of a static variable, and a move by nothing.
MarkedRecord markRecord(const Sample& recorded, std::span<const RecordEdit> edits, double windowHours);

/// The sample as `markRecord` leaves it visible, observations and events in order of time. The digest tells edited
/// samples apart; where no edit can be made, the sample itself.
SamplePtr applyEdits(const SamplePtr& sample, std::span<const RecordEdit> edits, double windowHours);

/// One observation or event to compose an edit for: a mark and where it belongs. `variable` empty = an event.
struct RecordItem {
  std::string modality, variable;
  RecordMark mark;
};

// Lists of edits composed of others; what they say of other items stays as it is, in place.

/// The item moved to `target`, deleted, and as it is in the record (an added one is gone).
RecordEdits withMoved(RecordEdits edits, const RecordItem& item, const Observation& target);
RecordEdits withDeleted(RecordEdits edits, const RecordItem& item);
RecordEdits withRestored(RecordEdits edits, const RecordItem& item);
/// One edit more, unless it is among them; and one less.
RecordEdits with(RecordEdits edits, const RecordEdit& edit);
RecordEdits without(RecordEdits edits, const RecordEdit& edit);

}  // namespace fusemoe
