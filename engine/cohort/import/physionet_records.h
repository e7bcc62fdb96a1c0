#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

// Inside engine/cohort only: where the Challenge's records come from.
namespace fusemoe {

/// Members that are no record, by reason.
struct SkippedMembers {
  std::int64_t notFiles = 0;    ///< links, devices and other members that are neither file nor folder
  std::int64_t badNames = 0;    ///< names that are empty, longer than 255 bytes, absolute or with ".."
  std::int64_t otherFiles = 0;  ///< files that do not begin as a record does
  std::int64_t tooLarge = 0;    ///< more than kMaxRecordBytes
};

inline constexpr std::size_t kMaxRecordBytes = 4 << 20;  ///< the largest of set-a has 24 kB

/// Hands out the text of one record after the other from a folder (in order of name) or an archive (in its order).
class PhysionetRecords {
 public:
  /// Errors: there is no such folder or archive.
  static Result<PhysionetRecords> open(const std::string& path);
  PhysionetRecords(PhysionetRecords&&) noexcept;
  PhysionetRecords& operator=(PhysionetRecords&&) noexcept;
  ~PhysionetRecords();

  /// Goes to the next record or counted member; false after the last. Error: a damaged archive, an unreadable file.
  Result<bool> next();
  /// The record's bytes; empty where the member was skipped.
  const std::string& text() const;
  double fraction() const;
  const SkippedMembers& skipped() const;

 private:
  struct State;
  explicit PhysionetRecords(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace fusemoe
