#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Inside engine/cohort only.
namespace fusemoe {

/// The tables that hold stays. The numbers are part of the content digest (SCHEMA.md).
enum class StayTable : std::uint8_t {
  Stay = 1,
  Split = 2,
  Label = 3,
  Observation = 4,
  StaticValue = 5,
  Event = 6,
  Document = 7
};

/// One row of any of them; a table reads the fields it has.
struct StayRow {
  long long stayId = 0;
  long long key = 0;  ///< Stay: present; Label: task; Observation, StaticValue: variable; Event, Document: modality
  long long position = 0;
  double hour = 0, value = 0;
  std::string_view text;   ///< Split: part; Event: code; Document: title
  std::string_view kind;   ///< Document
  std::string_view bytes;  ///< Event: vector; Document: content
};

/// Takes the rows of a cohort that is being written, stay by stay.
class StayRows {
 public:
  virtual ~StayRows() = default;
  /// Throws soci::soci_error.
  virtual void write(StayTable table, const StayRow& row) = 0;
};

}  // namespace fusemoe
