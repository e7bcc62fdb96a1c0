#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/progress.h"
#include "cohort/import/csv_reader.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/tidy_layout.h"
#include "cohort/import/vector_file.h"

// Inside engine/cohort only: the rows of a folder of tidy tables.
namespace fusemoe {

/// Reads the tables into a stage, one after the other in constant memory (but for some bytes a stay), and counts what
/// becomes of each row. All references outlive it.
class TidyReader {
 public:
  TidyReader(const TidyLayout& layout, ImportStage& stage, std::map<std::string, std::int64_t>& counts,
             std::string output, const ProgressSink& progress, const std::stop_token& stop);

  /// Errors: as importTidy says.
  Result<void> read();
  /// Faults of the source, one sentence each; after `read`.
  std::vector<std::string> notes() const;

 private:
  using Indices = std::map<std::string, std::size_t, std::less<>>;
  struct Vectors {
    std::size_t modality = 0;
    std::size_t width = 0;
    std::unique_ptr<VectorFile> file;  ///< null = the columns v0, v1, …
    std::size_t array = 0;
  };

  template <class Row>
  Result<void> eachRow(const std::string& path, const std::vector<std::string>& columns,
                       const std::vector<std::string>& optional, double from, double to, const Row& row);
  Result<void> takeLabels(const CsvReader& csv);
  Result<void> takeStay(const CsvReader& csv);
  Result<void> takeStatics(const CsvReader& csv);
  Result<void> takeObservation(const CsvReader& csv);
  Result<void> takeEvent(const CsvReader& csv);
  Result<void> openVectors();
  /// The vector of the current event into m_vector; false where it has none.
  Result<bool> readVector(const CsvReader& csv, Vectors& vectors);
  Result<bool> readInlineVector(const CsvReader& csv, std::size_t width);
  /// Counts what the list of stays left over: labels of no stay, people in several parts.
  void countLeftovers();
  /// Why a row at `hour` is no part of the window, or null.
  const char* timeReason(const std::optional<double>& hour) const;

  const TidyLayout& m_layout;
  ImportStage& m_stage;
  std::map<std::string, std::int64_t>& m_counts;
  std::string m_output;
  const ProgressSink& m_progress;
  const std::stop_token& m_stop;
  std::unordered_map<std::int64_t, std::vector<float>> m_labels;  ///< by stay, a value a column of labels.csv
  std::unordered_map<std::int64_t, std::string> m_partOf;         ///< by person, where the table has a split
  std::set<std::int64_t> m_dividedPeople;
  std::set<std::int64_t> m_staticStays;  ///< seen in static.csv
  Indices m_series;                      ///< variables of observations.csv
  std::vector<std::size_t> m_statics;    ///< by column of static.csv
  std::map<std::string, Vectors, std::less<>> m_vectors;
  std::vector<float> m_vector;
};

}  // namespace fusemoe
