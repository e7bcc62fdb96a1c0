#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

/// One thing an importer asks for: an option of `fusemoe import`, a row of the import dialog.
struct ImportOption {
  enum class Kind { Folder, File, FileOrFolder, Choice };
  std::string name;   ///< "records" is the option --records
  std::string title;  ///< as the dialog shows it
  std::string help;   ///< a sentence: what belongs here
  Kind kind = Kind::File;
  bool required = true;
  std::vector<std::string> choices = {};  ///< of a Choice
  std::string initial = {};               ///< value where none is given
};

/// What an importer is, to be shown and to be asked for.
struct ImporterInfo {
  std::string name;         ///< "physionet2012": as `fusemoe import` takes it
  std::string title;        ///< "PhysioNet Challenge 2012"
  std::string description;  ///< what it reads, where that comes from
  std::vector<ImportOption> options;
};

struct ImportRequest {
  std::string importer;                        ///< ImporterInfo::name
  std::map<std::string, std::string> options;  ///< by ImportOption::name
  /// Variable -> modality it is to belong to; empty = leave the variable out. Those not named stay where the importer
  /// puts them. A modality that does not exist yet is made, titled by its name; one left without variables is dropped.
  std::map<std::string, std::string> modalityOf;
  std::string output;       ///< the cohort to write, a file or a database URL; replaced as a whole
  std::uint64_t seed = 32;  ///< of the split by person
};

/// The first rows of one of the source's tables, as text.
struct PreviewTable {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< at most kPreviewRows
};
inline constexpr std::size_t kPreviewRows = 20;

/// What an import would make, found out without reading the whole source.
struct ImportPreview {
  CohortInfo info;  ///< modalities, variables and tasks, with the request's modalityOf applied
  std::vector<PreviewTable> tables;
  std::vector<std::string> notes;  ///< said to the user, one sentence each
};

/// What an import did. Every row of the source is counted once: as kept, or under the first reason that left it out.
struct ImportReport {
  std::string output;
  std::int64_t bytes = 0;                      ///< size of the file; 0 for a database server
  std::map<std::string, std::int64_t> counts;  ///< "stays.kept", "rows.kept", "rows.REASON", …; also in the cohort
  std::vector<std::string> notes;              ///< faults of the source, one sentence each
};

/// All importers, in the order to show them.
std::span<const ImporterInfo> importers();
/// By name, or null.
const ImporterInfo* importerNamed(std::string_view name);

/// Errors: an unknown importer or option, a required one missing, a source that is not what it should be.
Result<ImportPreview> previewImport(const ImportRequest& request, const std::stop_token& stop);
/// Reads the source in one stream, in bounded memory, and writes the cohort as a whole: an error or a stop (answered
/// within 0.2 s) leaves the target as it was. Equal source, options and seed give equal bytes.
Result<ImportReport> runImport(const ImportRequest& request, const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
