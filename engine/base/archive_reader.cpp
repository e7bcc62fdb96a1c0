#include "base/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <filesystem>

namespace fusemoe {
namespace {

constexpr std::size_t kBlockBytes = 1 << 16;
constexpr std::int64_t kMaxMembers = 5'000'000;

}  // namespace

struct ArchiveReader::State {
  State() : handle(archive_read_new(), &archive_read_free) {
    // Only what data comes in: fewer formats, fewer ways in.
    for (const auto support :
         {archive_read_support_format_tar, archive_read_support_format_zip, archive_read_support_filter_gzip,
          archive_read_support_filter_bzip2, archive_read_support_filter_xz, archive_read_support_filter_zstd})
      support(handle.get());
  }
  tl::unexpected<Error> damaged() const {
    const char* message = archive_error_string(handle.get());
    return failure(path + " is damaged or cut off, or no archive (.tar, .tar.gz, .tar.xz, .zip).",
                   "Download or export the file again.", message ? message : "");
  }

  std::string path;
  std::int64_t fileBytes = 0;
  std::unique_ptr<archive, int (*)(archive*)> handle;
  ArchiveEntry entry;
  std::int64_t members = 0;
};

ArchiveReader::ArchiveReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;
ArchiveReader::~ArchiveReader() = default;

Result<ArchiveReader> ArchiveReader::open(const std::string& path) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code))
    return failure("There is no file " + path + ".", "Check the path.", code ? code.message() : "");
  auto state = std::make_unique<State>();
  state->path = path;
  state->fileBytes = static_cast<std::int64_t>(std::filesystem::file_size(path, code));
  if (archive_read_open_filename(state->handle.get(), path.c_str(), kBlockBytes) != ARCHIVE_OK) return state->damaged();
  return ArchiveReader(std::move(state));
}

Result<bool> ArchiveReader::next() {
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(m_state->handle.get(), &entry);
  if (code == ARCHIVE_EOF) return false;
  // A warning is about names and times alone, and neither is used as one.
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return m_state->damaged();
  if (++m_state->members > kMaxMembers)
    return failure(m_state->path + " has more than " + std::to_string(kMaxMembers) + " members.", "Check the archive.");
  const char* name = archive_entry_pathname(entry);
  m_state->entry.name = name ? name : "";
  m_state->entry.regular = archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
  return true;
}

const ArchiveEntry& ArchiveReader::entry() const {
  return m_state->entry;
}

Result<std::size_t> ArchiveReader::read(std::span<char> bytes) {
  const la_ssize_t count = archive_read_data(m_state->handle.get(), bytes.data(), bytes.size());
  if (count < 0) return m_state->damaged();
  return static_cast<std::size_t>(count);
}

Result<bool> ArchiveReader::readAll(std::string& bytes, std::size_t limit) {
  bytes.clear();
  while (bytes.size() <= limit) {
    const std::size_t before = bytes.size();
    bytes.resize(before + std::min(kBlockBytes, limit + 1 - before));
    const Result<std::size_t> count = read(std::span(bytes).subspan(before));
    if (!count) return failure(count.error());
    bytes.resize(before + *count);
    if (*count == 0) return true;
  }
  bytes.resize(limit);
  return false;
}

double ArchiveReader::fraction() const {
  if (m_state->fileBytes == 0) return 1;
  const auto done = static_cast<double>(archive_filter_bytes(m_state->handle.get(), -1));
  return std::clamp(done / static_cast<double>(m_state->fileBytes), 0.0, 1.0);
}

}  // namespace fusemoe
