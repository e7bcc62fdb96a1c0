#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/mimic_cohort.h"
#include "cohort/import/vector_file.h"

// Inside engine/cohort only: notes, X-rays and ECGs as vectors that the user's own encoders made.
namespace fusemoe {

/// As many events of a modality as the paper keeps of a stay: the last ones.
inline constexpr std::size_t kMimicEvents = 5;

/// Vectors keyed by stay: a .npz or .safetensors file with the arrays `stay_id` [n] (integers), `hour` [n] (hours since
/// admission to the ICU) and `vector` [n, width], or X.npy with the vectors beside X.stay_id.npy and X.hour.npy. Rows
/// in any order. One thread.
class MimicVectors {
 public:
  /// Errors: those of VectorFile; an array missing, of other length or kind.
  static Result<MimicVectors> open(const std::string& path, const std::string& output, const std::stop_token& stop);

  int width() const { return m_width; }
  std::int64_t rows() const { return static_cast<std::int64_t>(m_stays.size()); }

  /// Adds to a modality of the stage, of each stay that `isKept`, the last kMimicEvents rows with an hour inside the
  /// window, by hour and row. Counts: events.NAME.total and those left out: .no_stay, .outside_window (not a number,
  /// too), .beyond_five, .not_finite. Errors: those of VectorFile and stage; stopped.
  Result<void> addTo(ImportStage& stage, std::size_t modality, const std::string& name,
                     const std::function<bool(std::int64_t)>& isKept, std::map<std::string, std::int64_t>& counts,
                     const std::stop_token& stop);

 private:
  struct Row {
    std::int64_t stay = 0;
    float hour = 0;
    std::int64_t row = 0;
  };
  /// An array of one of the files.
  struct Source {
    std::size_t file = 0, array = 0;
  };

  MimicVectors() = default;
  Result<void> find(const std::string& path, const std::string& output, const std::stop_token& stop);
  Result<std::vector<Row>> candidates(const std::string& name, const std::function<bool(std::int64_t)>& isKept,
                                      std::map<std::string, std::int64_t>& counts, const std::stop_token& stop);

  std::vector<VectorFile> m_files;
  Source m_hour, m_vector;
  std::vector<std::int64_t> m_stays;
  int m_width = 0;
};

}  // namespace fusemoe
