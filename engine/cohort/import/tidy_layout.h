#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "cohort/cohort_store.h"

// Inside engine/cohort only: what a folder of tidy tables holds, before its rows are read.
namespace fusemoe {

/// A column of labels.csv: the task it is of, and the position of its label in that task.
struct TidyLabel {
  std::string column, task;
  std::size_t position = 0;
};

/// Where the vectors of a modality come from.
struct TidyVectors {
  std::size_t modality = 0;  ///< position in the description
  std::string path;          ///< MODALITY.npy, .npz or .safetensors; empty = the columns v0, v1, … of events.csv
  std::string array;         ///< which array of the file
};

struct TidyLayout {
  CohortInfo info;
  std::string stays, observations, events, statics, labels;  ///< paths; empty = there is no such table
  std::vector<std::string> staticColumns;                    ///< of static.csv, without stay_id
  std::vector<TidyLabel> labelColumns;
  std::map<std::string, TidyVectors> vectors;  ///< by modality
  int inlineWidth = 0;                         ///< columns v0 … of events.csv
  std::vector<std::string> notes;
};

inline constexpr std::int64_t kTidyPreviewScan = 100'000;  ///< rows a preview reads to find variables and modalities

/// Finds the tables and describes the cohort: cohort.json and variables.csv where they are, headers, and for what they
/// leave open (variables, modalities of events) the first `scanRows` rows of a table. The format is in
/// engine/cohort/IMPORTERS.md. Errors: no stays.csv, nothing but stays, a column or file that contradicts another, a
/// name twice, malformed JSON; stopped.
Result<TidyLayout> readTidyLayout(const std::string& directory, std::int64_t scanRows, const std::stop_token& stop);

}  // namespace fusemoe
