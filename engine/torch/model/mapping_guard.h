#pragma once

#include <atomic>
#include <cstddef>

namespace fusemoe {

/// While it lives, reading a mapped page that its file no longer has (the file shrank, the disk or network failed)
/// gives zeros from there to the end instead of ending the process with SIGBUS, and `lost` tells. The zeros are no
/// numbers to show: ask `lost` after computing.
class MappingGuard {
 public:
  MappingGuard(const void* begin, std::size_t size);
  ~MappingGuard();
  MappingGuard(const MappingGuard&) = delete;
  MappingGuard& operator=(const MappingGuard&) = delete;

  /// False for a mapping beyond the 64th at once, which is not guarded.
  bool guarded() const { return m_slot != nullptr; }
  bool lost() const;

 private:
  struct Slot;
  struct Table;
  Slot* m_slot = nullptr;
};

}  // namespace fusemoe
