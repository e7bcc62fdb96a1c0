#include "cohort/import/mimic_vectors.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace fusemoe {
namespace {

constexpr std::int64_t kRowsBetweenStops = 4096;
constexpr const char* kLayout =
    "The file should hold stay_id [n], hour [n] and vector [n, width] (.npz, .safetensors), or be X.npy with "
    "X.stay_id.npy "
    "and X.hour.npy beside it.";

tl::unexpected<Error> stopped() {
  return failure("The import was stopped.", "Nothing was written.");
}

}  // namespace

Result<MimicVectors> MimicVectors::open(const std::string& path, const std::string& output,
                                        const std::stop_token& stop) {
  MimicVectors vectors;
  if (auto found = vectors.find(path, output, stop); !found) return failure(found.error());
  return vectors;
}

Result<void> MimicVectors::find(const std::string& path, const std::string& output, const std::stop_token& stop) {
  const bool plain = path.ends_with(".npy");
  const std::string stem = path.substr(0, path.size() - (plain ? 4 : 0));
  const std::vector<std::string> paths = plain
                                             ? std::vector<std::string>{stem + ".stay_id.npy", stem + ".hour.npy", path}
                                             : std::vector<std::string>{path};
  for (const std::string& file : paths) {
    Result<VectorFile> opened = VectorFile::open(file, output, stop);
    if (!opened) return failure(opened.error());
    m_files.push_back(std::move(*opened));
  }
  std::array<Source, 3> sources;
  const std::array<const char*, 3> names = {"stay_id", "hour", "vector"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    sources[i].file = plain ? i : 0;
    const auto array = plain ? std::optional<std::size_t>(0) : m_files.front().arrayNamed(names[i]);
    if (!array) return failure(path + " has no array '" + names[i] + "'.", kLayout);
    sources[i].array = *array;
  }
  const auto array = [&](std::size_t i) -> const VectorArray& {
    return m_files[sources[i].file].arrays()[sources[i].array];
  };
  for (std::size_t i = 1; i < names.size(); ++i)
    if (array(i).rows != array(0).rows)
      return failure("In " + path + ", '" + names[i] + "' has " + std::to_string(array(i).rows) +
                         " rows where stay_id has " + std::to_string(array(0).rows) + ".",
                     kLayout);
  if (array(0).width != 1 || !array(0).isInteger || array(1).width != 1)
    return failure("In " + path + ", stay_id must be whole numbers and hour numbers, one a row.", kLayout);
  Result<std::vector<std::int64_t>> stays = m_files[sources[0].file].readIntegers(sources[0].array);
  if (!stays) return failure(stays.error());
  m_stays = std::move(*stays);
  m_hour = sources[1];
  m_vector = sources[2];
  m_width = static_cast<int>(array(2).width);
  return {};
}

Result<std::vector<MimicVectors::Row>> MimicVectors::candidates(const std::string& name,
                                                                const std::function<bool(std::int64_t)>& isKept,
                                                                std::map<std::string, std::int64_t>& counts,
                                                                const std::stop_token& stop) {
  std::vector<Row> kept;
  std::vector<float> hour;
  for (std::int64_t row = 0; row < rows(); ++row) {
    if (row % kRowsBetweenStops == 0 && stop.stop_requested()) return stopped();
    const std::int64_t stay = m_stays[static_cast<std::size_t>(row)];
    if (!isKept(stay)) {
      ++counts["events." + name + ".no_stay"];
      continue;
    }
    if (auto read = m_files[m_hour.file].readRow(m_hour.array, row, hour); !read) return failure(read.error());
    if (hour.front() >= 0 && hour.front() <= static_cast<float>(kMimicWindowHours))
      kept.push_back({stay, hour.front(), row});
    else
      ++counts["events." + name + ".outside_window"];
  }
  std::ranges::sort(kept, {}, [](const Row& row) { return std::tie(row.stay, row.hour, row.row); });
  // Of each stay's run the last ones stay.
  const auto tooEarly = [&](const Row& row) {
    const auto later = static_cast<std::size_t>(&row - kept.data()) + kMimicEvents;
    return later < kept.size() && kept[later].stay == row.stay;
  };
  std::vector<Row> last;
  for (const Row& row : kept)
    if (!tooEarly(row)) last.push_back(row);
  if (last.size() < kept.size())
    counts["events." + name + ".beyond_five"] += static_cast<std::int64_t>(kept.size() - last.size());
  return last;
}

Result<void> MimicVectors::addTo(ImportStage& stage, std::size_t modality, const std::string& name,
                                 const std::function<bool(std::int64_t)>& isKept,
                                 std::map<std::string, std::int64_t>& counts, const std::stop_token& stop) {
  counts["events." + name + ".total"] = rows();
  const Result<std::vector<Row>> kept = candidates(name, isKept, counts, stop);
  if (!kept) return failure(kept.error());
  std::vector<float> vector;
  for (const Row& row : *kept) {
    if (stop.stop_requested()) return stopped();
    if (auto read = m_files[m_vector.file].readRow(m_vector.array, row.row, vector); !read) return read;
    if (!std::ranges::all_of(vector, [](float value) { return std::isfinite(value); })) {
      ++counts["events." + name + ".not_finite"];
      continue;
    }
    if (auto added = stage.addEvent(row.stay, modality, row.hour, "", vector); !added) return added;
  }
  return {};
}

}  // namespace fusemoe
