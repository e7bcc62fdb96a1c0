#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/mimic_cohort.h"
#include "cohort/import/mimic_items.h"
#include "cohort/import/mimic_stays.h"

// Inside engine/cohort only: MIMIC-IV's event tables, row by row into the stage.
namespace fusemoe {

/// Puts the rows that are input into the stage and counts every row of the tables once, as added or under the first
/// reason that leaves it out. A stay is announced to the stage with its first row. One thread.
/// Counts, TABLE being chartevents, labevents or outputevents: rows.TABLE.total; .other_item (no variable of this
/// cohort); .stay_left_out, .unknown_stay (labevents: .no_stay, the person has none); .outside_window; .empty,
/// .no_number, .no_time; rows.unit.VARIABLE: a unit that is not known for it; rows.implausible.VARIABLE.
/// rows.patients.values: values of age and sex, which come from no event row.
class MimicEvents {
 public:
  MimicEvents(const MimicStays& stays, const CohortInfo& info, const std::string& firstTask, ImportStage& stage,
              std::map<std::string, std::int64_t>& counts);

  /// Tables that hold a variable of the cohort.
  static std::vector<std::string> tables(MimicGrouping grouping);
  /// Errors: a malformed row, those of the stage; stopped.
  Result<void> read(MimicSource& source, MimicGrouping grouping);

 private:
  struct Place {
    const MimicItem* item = nullptr;
    const MimicVariable* variable = nullptr;
    std::size_t index = 0;  ///< of the variable in the cohort
    bool isStatic = false;
  };
  /// Names of one table's reasons, made once: rows are counted by the hundred million.
  struct Table {
    std::string name, path, value, unit;
    bool byPerson = false;
    std::int64_t otherItem = 0, unknownStay = 0, leftOut = 0, outside = 0, empty = 0, noNumber = 0, noTime = 0;
  };

  Result<void> readTable(MimicSource& source, Table& table);
  Result<void> takeRow(const CsvReader& csv, Table& table);
  Result<void> takeValue(const CsvReader& csv, Table& table, const Place& place, std::size_t stay, std::int64_t time);
  Result<void> announce(std::size_t stay);
  Result<void> addStatic(const MimicStay& stay, std::string_view variable, double value);
  std::optional<std::size_t> stayOfPerson(std::int64_t subject, std::int64_t time) const;

  const MimicStays& m_stays;
  const CohortInfo& m_info;
  std::string m_firstTask;
  ImportStage& m_stage;
  std::map<std::string, std::int64_t>& m_counts;
  std::vector<Place> m_places;  ///< by item number
  std::vector<bool> m_staged;   ///< by position in m_stays.kept
};

}  // namespace fusemoe
