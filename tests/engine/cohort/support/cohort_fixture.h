#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cohort/cohort_store.h"

namespace fusemoe::test {

/// A description with every kind of modality (series, two widths of vectors, static) and two tasks.
CohortInfo smallInfo();

/// A sample of `smallInfo` with numbers made from `seed`: any modality may be absent, any label unknown.
Sample smallSample(std::int64_t stayId, std::uint64_t seed);

/// A part for a stay, "" among them.
std::string partOf(std::uint64_t seed);

/// Writes `count` small samples with ids 10, 13, 16 … to `path` and returns them.
std::vector<Sample> writeSmallCohort(const std::string& path, int count);

/// Equality that takes two unknown labels (NaN) for equal.
bool sameLabels(const Sample& a, const Sample& b);

/// Runs SQL on a database file. Throws std::runtime_error.
void execSql(const std::string& path, const std::string& sql);

std::string readBytes(const std::string& path);
void writeBytes(const std::string& path, const std::string& bytes);
/// Writes `bytes` gzip-compressed.
void writeGzip(const std::string& path, const std::string& bytes);

}  // namespace fusemoe::test
