#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace fusemoe {

/// A member of an archive.
struct ArchiveEntry {
  std::string name;      ///< as the archive has it: any bytes, never to be used as a path
  bool regular = false;  ///< a file; links, folders and devices are not
};

/// Reads a tar (plain, gzip, bzip2, xz, zstd) or zip archive member by member, in constant memory and in the archive's
/// order; nothing is ever written to disk. Errors name the archive. One thread.
class ArchiveReader {
 public:
  /// Errors: no such file, no archive of these kinds (at once or with the first `next`).
  static Result<ArchiveReader> open(const std::string& path);
  ArchiveReader(ArchiveReader&&) noexcept;
  ArchiveReader& operator=(ArchiveReader&&) noexcept;
  ~ArchiveReader();

  /// Goes to the next member; false after the last. Errors: damaged or cut off, encrypted, more than 5 M members.
  Result<bool> next();
  const ArchiveEntry& entry() const;
  /// Reads on in the member; 0 at its end.
  Result<std::size_t> read(std::span<char> bytes);
  /// The member's rest into `bytes`; false where it has more than `limit` bytes (then cut off there).
  Result<bool> readAll(std::string& bytes, std::size_t limit);
  /// Share of the archive's bytes read so far, 0 … 1.
  double fraction() const;

 private:
  struct State;
  explicit ArchiveReader(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace fusemoe
