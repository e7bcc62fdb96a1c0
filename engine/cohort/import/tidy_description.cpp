#include "cohort/import/tidy_description.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/json_reader.h"

namespace fusemoe {
namespace {

constexpr std::uintmax_t kMaxBytes = 1 << 20;

/// An object of texts.
void readTexts(JsonReader& reader, const char* field, std::map<std::string, std::string>& texts) {
  const nlohmann::json* object = reader.child(field);
  if (!object) return;
  if (!object->is_object()) return reader.fail(field, "an object of texts");
  for (const auto& [name, text] : object->items()) {
    if (!text.is_string()) return reader.fail(field, "an object of texts");
    texts[name] = text.get<std::string>();
  }
}

}  // namespace

Result<TidyDescription> readTidyDescription(const std::string& path, const std::string& name) {
  TidyDescription result;
  result.name = name;
  result.title = name;
  std::error_code code;
  if (!std::filesystem::exists(path, code)) return result;
  if (std::filesystem::file_size(path, code) > kMaxBytes || code)
    return failure(path + " is no description of a cohort.", "It may have 1 MiB at most.");
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto json = parseJson(text, path);
  if (!json) return failure(json.error());
  JsonReader reader(*json, "");
  reader.read("name", result.name);
  reader.read("title", result.title);
  reader.read("description", result.description);
  reader.read("attribution", result.attribution);
  reader.read("window_hours", result.windowHours);
  reader.read("time_unit", result.timeUnit);
  reader.read("time_origin", result.timeOrigin);
  readTexts(reader, "modalities", result.modalityTitles);
  readTexts(reader, "tasks", result.taskTitles);
  if (!std::isfinite(result.windowHours) || result.windowHours <= 0)
    reader.fail("window_hours", "a positive number of hours");
  if (result.timeUnit != "h" && result.timeUnit != "d" && result.timeUnit != "y")
    reader.fail("time_unit", "\"h\", \"d\" or \"y\"");
  if (auto finished = reader.finish(); !finished) {
    Error error = finished.error();
    error.what = path + ": " + error.what;
    return failure(std::move(error));
  }
  return result;
}

}  // namespace fusemoe
