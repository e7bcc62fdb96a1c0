#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/metrics.h"
#include "cohort/sweep_file.h"

namespace fusemoe::cli {

/// A mean over stays with its 95 % bootstrap interval; none where there is no stay.
struct MeanOverStays {
  std::optional<double> mean;
  std::optional<Interval> interval;
};

/// What one mask does to the stays of which it hides anything.
struct MaskEffect {
  std::size_t stays = 0;
  MeanOverStays drift, delta;
};

/// What a finished sweep says in little.
struct SweepReport {
  std::size_t stays = 0;
  std::vector<MaskEffect> masks;  ///< as in the header
  std::vector<SweepSummary> top;  ///< stays that drift most, each under the mask that moves it most; descending
};

/// Reads a sweep once. Errors: the file's.
Result<SweepReport> reportOf(SweepFile& file, const SweepHeader& header, int resamples);

nlohmann::ordered_json sweepDocument(const SweepHeader& header, const SweepReport& report);
std::string sweepText(const SweepHeader& header, const SweepReport& report);

}  // namespace fusemoe::cli
