#include "cohort/import/physionet_records.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "base/archive_reader.h"

namespace fusemoe {
namespace {

constexpr std::string_view kHeader = "Time,Parameter,Value";
constexpr std::size_t kMaxNameBytes = 255;

bool isSafeName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && name.front() != '/' && name.find("..") == name.npos;
}

/// The file's bytes, at most `limit` + 1.
Result<std::string> readUpTo(const std::filesystem::path& path, std::size_t limit) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(limit + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || (!file && !file.eof()))
    return failure("Cannot read " + path.string() + ".", "Check that you may read it.");
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

}  // namespace

struct PhysionetRecords::State {
  Result<bool> nextOfFolder();
  Result<bool> nextOfArchive();
  void keepRecord(bool whole);

  std::vector<std::filesystem::path> files;  ///< of a folder
  std::size_t nextFile = 0;
  std::optional<ArchiveReader> archive;
  std::string text;
  SkippedMembers skipped;
};

PhysionetRecords::PhysionetRecords(std::unique_ptr<State> state) : m_state(std::move(state)) {}
PhysionetRecords::PhysionetRecords(PhysionetRecords&&) noexcept = default;
PhysionetRecords& PhysionetRecords::operator=(PhysionetRecords&&) noexcept = default;
PhysionetRecords::~PhysionetRecords() = default;

Result<PhysionetRecords> PhysionetRecords::open(const std::string& path) {
  auto state = std::make_unique<State>();
  std::error_code code;
  if (!std::filesystem::is_directory(path, code)) {
    Result<ArchiveReader> archive = ArchiveReader::open(path);
    if (!archive) return failure(archive.error());
    state->archive = std::move(*archive);
    return PhysionetRecords(std::move(state));
  }
  for (auto file = std::filesystem::directory_iterator(path, code); !code && file != std::filesystem::end(file);
       file.increment(code)) {
    if (file->is_directory(code)) continue;
    if (file->is_regular_file(code))
      state->files.push_back(file->path());
    else
      ++state->skipped.notFiles;
    code.clear();
  }
  if (code) return failure("Cannot read the folder " + path + ".", "Check that you may read it.", code.message());
  std::ranges::sort(state->files);
  return PhysionetRecords(std::move(state));
}

Result<bool> PhysionetRecords::next() {
  m_state->text.clear();
  return m_state->archive ? m_state->nextOfArchive() : m_state->nextOfFolder();
}

Result<bool> PhysionetRecords::State::nextOfFolder() {
  if (nextFile == files.size()) return false;
  Result<std::string> bytes = readUpTo(files[nextFile++], kMaxRecordBytes);
  if (!bytes) return failure(bytes.error());
  text = std::move(*bytes);
  keepRecord(text.size() <= kMaxRecordBytes);
  return true;
}

Result<bool> PhysionetRecords::State::nextOfArchive() {
  const Result<bool> more = archive->next();
  if (!more || !*more) return more;
  const ArchiveEntry& entry = archive->entry();
  if (!entry.regular) {
    // Folders are listed as members of their own; they end in a slash.
    if (!entry.name.ends_with('/')) ++skipped.notFiles;
    return true;
  }
  if (!isSafeName(entry.name)) {
    ++skipped.badNames;
    return true;
  }
  const Result<bool> whole = archive->readAll(text, kMaxRecordBytes);
  if (!whole) return failure(whole.error());
  keepRecord(*whole);
  return true;
}

void PhysionetRecords::State::keepRecord(bool whole) {
  const bool isRecord = text.starts_with(kHeader);
  if (isRecord && whole) return;
  ++(isRecord ? skipped.tooLarge : skipped.otherFiles);
  text.clear();
}

const std::string& PhysionetRecords::text() const {
  return m_state->text;
}
const SkippedMembers& PhysionetRecords::skipped() const {
  return m_state->skipped;
}

double PhysionetRecords::fraction() const {
  if (m_state->archive) return m_state->archive->fraction();
  return m_state->files.empty() ? 1
                                : static_cast<double>(m_state->nextFile) / static_cast<double>(m_state->files.size());
}

}  // namespace fusemoe
