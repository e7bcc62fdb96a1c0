#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "torch/model/mapped_file.h"

namespace fusemoe {

/// The directory of a zip file (zip64 too) whose records are read where they lie in the mapping. Only what torch.save
/// writes: records stored as they are, in one file. PyTorchStreamReader is not used: it inflates compressed records
/// whatever size they claim, is built without CRC checks, and its interface changed between LibTorch 1.13 and 2.
/// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
class ZipReader {
 public:
  /// Reads the directory (at most 32 MiB) and each record's header, no record. `path` is for messages. Errors: no zip
  /// file or a truncated one; a record outside the file, or that overlaps another; two of one name.
  static Result<ZipReader> open(std::shared_ptr<const MappedFile> file, const std::string& path);

  bool has(const std::string& name) const { return m_entries.count(name) > 0; }
  /// Names in the directory's order.
  const std::vector<std::string_view>& names() const { return m_names; }
  /// The bytes of a record, not read yet. Errors: no such record; it is encrypted or compressed.
  Result<std::string_view> record(const std::string& name) const;
  /// The same, read whole and compared with its CRC.
  Result<std::string_view> checkedRecord(const std::string& name) const;

 private:
  struct Entry {
    std::uint64_t offset = 0;  ///< of its local header
    std::uint64_t stored = 0, size = 0;
    std::uint64_t data = 0;  ///< where the record begins
    std::uint32_t crc = 0;
    std::uint16_t flags = 0, method = 0;
  };
  struct Directory {
    std::uint64_t begin = 0, size = 0, entries = 0;
  };

  ZipReader(std::shared_ptr<const MappedFile> file, std::string path)
      : m_file(std::move(file)), m_path(std::move(path)) {}
  std::string_view bytes() const { return {m_file->data(), m_file->size()}; }
  tl::unexpected<Error> damaged(const std::string& why) const;
  Result<Directory> findDirectory() const;
  Result<Directory> findLargeDirectory(std::uint64_t end) const;
  Result<void> readDirectory(const Directory& directory);
  bool readLargeFields(std::string_view extra, Entry& entry) const;
  Result<void> findData(std::string_view name, Entry& entry, std::uint64_t end) const;
  Result<void> checkOverlaps() const;

  std::shared_ptr<const MappedFile> m_file;
  std::string m_path;
  std::vector<std::string_view> m_names;
  std::unordered_map<std::string_view, Entry> m_entries;
};

}  // namespace fusemoe
