#pragma once

#include <map>
#include <string>

#include "base/result.h"

// Inside engine/cohort only: cohort.json of a folder of tidy tables.
namespace fusemoe {

struct TidyDescription {
  std::string name, title, description, attribution, timeOrigin = "the start of the window", timeUnit = "h";
  double windowHours = 48;
  std::map<std::string, std::string> modalityTitles, taskTitles;  ///< by name
};

/// Reads `path`; where there is no such file, the defaults with `name` as name and title. Errors: larger than 1 MiB, no
/// JSON, a field of another type or unknown, a window that is not positive, a time unit that is not "h", "d" or "y".
Result<TidyDescription> readTidyDescription(const std::string& path, const std::string& name);

}  // namespace fusemoe
