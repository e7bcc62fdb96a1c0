#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"

namespace fusemoe {

/// A file mapped read-only into memory for as long as the object lives: nothing is read until it is touched.
class MappedFile {
 public:
  /// Error: not there, not a regular file, empty, or cannot be mapped.
  static Result<std::shared_ptr<const MappedFile>> open(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const char* data() const { return m_data; }
  std::size_t size() const { return m_size; }

 private:
  MappedFile(const char* data, std::size_t size) : m_data(data), m_size(size) {}
  const char* m_data;
  std::size_t m_size;
};

}  // namespace fusemoe
