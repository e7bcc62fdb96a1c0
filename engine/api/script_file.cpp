#include "api/script_file.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>
#include <vector>

#include "base/archive_reader.h"

namespace fusemoe {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::size_t kLargestExtra = 16U << 20;
/// Only sources are packed; weights are stored as they are.
constexpr std::uintmax_t kMostUnpacked = std::uintmax_t{256} << 20;

bool beginsAsZip(const std::string& path) {
  std::array<char, kZip.size()> bytes{};
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) return false;
  std::ifstream file(path, std::ios::binary);
  return file.read(bytes.data(), bytes.size()) && std::string_view(bytes.data(), bytes.size()) == kZip;
}

/// A member's name without the folder that all of them are in.
std::string_view partOf(const std::string& name) {
  const auto slash = name.find('/');
  return slash == std::string::npos ? std::string_view() : std::string_view(name).substr(slash + 1);
}

tl::unexpected<Error> at(const std::string& path, const Error& error) {
  return failure(path + " is damaged or cut off.", "Copy or export the file again.", error.what + " " + error.detail);
}

}  // namespace

bool isScriptFile(const std::string& path) {
  if (!beginsAsZip(path)) return false;
  auto archive = ArchiveReader::open(path);
  if (!archive) return false;
  bool constants = false, code = false;
  for (auto more = archive->next(); more && *more && !(constants && code); more = archive->next()) {
    const std::string_view part = partOf(archive->entry().name);
    constants = constants || part == "constants.pkl";
    code = code || part.starts_with("code/");
  }
  return constants && code;
}

Result<std::string> readScriptExtra(const std::string& path, const std::string& name) {
  auto archive = ArchiveReader::open(path);
  if (!archive) return failure(archive.error());
  while (true) {
    const auto more = archive->next();
    if (!more) return at(path, more.error());
    if (!*more)
      return failure(path + " holds no " + name + ".",
                     "Save the program with torch.jit.save(…, _extra_files={\"" + name +
                         "\": …}); engine/torch/script/PLUGINS.md says what belongs in it.");
    if (partOf(archive->entry().name) != "extra/" + name) continue;
    std::string content;
    const auto whole = archive->readAll(content, kLargestExtra);
    if (!whole) return at(path, whole.error());
    if (!*whole) return failure(name + " in " + path + " has more than 16 MiB.", "It should be a few lines of JSON.");
    return content;
  }
}

Result<void> checkScriptFile(const std::string& path) {
  auto archive = ArchiveReader::open(path);
  if (!archive) return failure(archive.error());
  std::error_code code;
  const std::uintmax_t most = std::filesystem::file_size(path, code) + kMostUnpacked;
  std::uintmax_t unpacked = 0;
  std::vector<char> block(1U << 16);
  std::set<std::string> seen;
  while (true) {
    const auto more = archive->next();
    if (!more) return at(path, more.error());
    if (!*more) return {};
    if (!seen.insert(archive->entry().name).second)
      return at(path, {"Two parts have one name.", "", archive->entry().name});
    for (std::size_t count = 1; count > 0;) {
      const auto read = archive->read(block);
      if (!read) return at(path, read.error());
      count = *read;
      unpacked += count;
      if (unpacked > most)
        return failure(path + " unpacks to far more than it has bytes.", "It is no file that torch.jit.save wrote.");
    }
  }
}

}  // namespace fusemoe
