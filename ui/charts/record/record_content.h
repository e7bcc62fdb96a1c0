#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "api/routing_result.h"
#include "cohort/cohort_document.h"
#include "cohort/cohort_store.h"
#include "session/record_edit.h"
#include "state/table.h"

namespace fusemoe::ui {

class Document;

/// How times are shown: in the cohort's unit, from its origin.
struct TimeScale {
  double windowHours = 48;
  double hoursPerUnit = 1;
  QString unit;  ///< "h", "d", "y"
  QString name;  ///< "hours"
  QString origin;
  /// "2.43 y"
  QString text(double hour) const;
};

TimeScale timeScale(const CohortInfo& info);

/// One row of the record: a variable, the events or the documents of the stay, or what was not recorded.
struct RecordLane {
  enum class Kind { Series, Events, Documents, Missing };
  Kind kind = Kind::Series;
  std::string modality, variable;
  int modelModality = -1;  ///< index in the open model, −1 = the model does not know it
  bool modalityMasked = false;
  bool variableMasked = false;
  QString title, unit, modalityTitle;
  double referenceLow = 0, referenceHigh = 0;  ///< NaN = none
  double low = 0, high = 1;                    ///< range shown
  double step = 1;                             ///< the finest difference worth showing
  RecordMarks marks;
  std::vector<QString> names;   ///< of events and documents, by mark
  std::vector<double> weights;  ///< mTAND weight by mark at the bin pointed at; empty = none known
  double largestWeight = 0;     ///< in the modality, at that bin
  bool same(const RecordLane& other) const { return modality == other.modality && variable == other.variable; }
  /// A value as shown, without unit.
  QString number(double value) const;
  /// With unit.
  QString text(double value) const;
  /// The last visible value at or before an hour.
  std::optional<Observation> valueAt(double hour) const;
};

/// One fact of a static modality.
struct RecordFact {
  std::string modality, variable;
  int modelModality = -1;
  bool masked = false;  ///< its modality or itself
  bool variableMasked = false;
  QString title, unit;
  std::optional<RecordMark> mark;
  QString number(double value) const;
  /// With unit; of the unit "0/1" in words.
  QString text(double value) const;
};

/// All that the record view shows of a stay.
struct RecordContent {
  TimeScale time;
  std::vector<RecordFact> facts;
  std::vector<RecordLane> lanes;
  std::vector<MaskWindow> windows;  ///< masked by edits
  int bins = 0;                     ///< γ of the model; 0 = no model
  double hourOf(int bin) const { return bins > 1 ? time.windowHours * bin / (bins - 1) : 0; }
  int binAt(double hour) const;
};

/// Reads the document; `documents` are those of the stay.
RecordContent recordContent(const Document& document, const std::vector<DocumentEntry>& documents);

/// The numbers of the facts and lanes, a mark a row; `bin` names the weights. Documents stay out.
Table recordTable(const RecordContent& content, int bin);

/// Fills the lanes' weights with those of `bin`; −1 = takes them away. The result must be of the sample shown; of a
/// modality where it is not yet, the weights stay empty.
void setWeights(RecordContent& content, const Document& document, int bin);

}  // namespace fusemoe::ui
