#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "torch/model/mapping_guard.h"

namespace fusemoe {

/// A file mapped read-only into memory for as long as the object lives: nothing is read until it is touched. Pages that
/// the file loses meanwhile read as zeros (MappingGuard).
class MappedFile {
 public:
  /// Error: not there, not a regular file, empty, or cannot be mapped.
  static Result<std::shared_ptr<const MappedFile>> open(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const char* data() const { return m_data; }
  std::size_t size() const { return m_size; }
  /// Error once a page was asked for that the file no longer has: it shrank, or its disk or network failed. What was
  /// computed since must not be shown.
  Result<void> stillThere() const;

 private:
  MappedFile(std::string path, const char* data, std::size_t size)
      : m_path(std::move(path)), m_data(data), m_size(size), m_guard(data, size) {}
  std::string m_path;
  const char* m_data;
  std::size_t m_size;
  MappingGuard m_guard;
};

}  // namespace fusemoe
