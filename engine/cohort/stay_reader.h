#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cohort/bytes_column.h"
#include "cohort/cohort_store.h"

// Inside engine/cohort only.
namespace fusemoe {

/// Which stays a StayReader goes over.
enum class StayScope { One, Part, All };

/// Goes over stays in ascending id: one ordered scan a table, side by side, so that memory holds one stay at a time and
/// a stay read alone and one read in passing are put together by the same code. On a server a scan of many stays goes
/// through cursors, which need a transaction around the reader; the rows of one stay come at once. Not thread-safe; all
/// functions throw soci::soci_error.
class StayReader {
 public:
  /// `session` and `info` must outlive the reader. `part` is of scope Part.
  StayReader(soci::session& session, const CohortInfo& info, StayScope scope, std::string part = {});
  StayReader(const StayReader&) = delete;
  StayReader& operator=(const StayReader&) = delete;

  /// Scope One: the statements serve for stay after stay.
  void startOne(std::int64_t stayId);
  /// The other scopes, once.
  void start();

  /// The next stay, or null after the last. Errors name stay and table: a vector of the wrong length, a number that is
  /// not finite, an hour outside the window, a variable or modality that does not exist.
  Result<SamplePtr> next();

 private:
  /// One table's scan: the row it stands on.
  struct Cursor {
    explicit Cursor(soci::session& session) : statement(session) {}
    void start() { valid = statement.execute(true); }
    void advance() { valid = statement.fetch() || (inBatches && statement.execute(true)); }
    bool at(std::int64_t stay) const { return valid && stayId == stay; }

    soci::statement statement;
    bool inBatches = false;  ///< the statement fetches the next rows of a server's cursor
    bool valid = false;
    long long stayId = 0;
    long long key = 0;  ///< variable, modality or task
    long long position = 0;
    double hour = 0;
    double value = 0;
    std::string code;
  };
  /// Where a variable's values go in a sample.
  struct Slot {
    std::size_t modality = 0;
    std::size_t variable = 0;
    ModalityKind kind = ModalityKind::Series;
  };

  void prepare(Cursor& cursor, const std::string& columns, const std::string& table, const std::string& order);
  void finish(Cursor& cursor);
  std::string declare(const std::string& table, const std::string& query);
  void skipTo(Cursor& cursor, std::int64_t stayId);
  Sample blank(std::int64_t stayId) const;
  const Slot* slotOf(long long variable, bool isStatic) const;
  Result<void> takeObservations(Sample& sample);
  Result<void> takeStatics(Sample& sample);
  Result<void> takeEvents(Sample& sample);
  Result<void> takeLabels(Sample& sample);
  Result<Event> eventHere(std::int64_t stayId, int width);
  tl::unexpected<Error> damaged(std::int64_t stayId, const std::string& what) const;

  soci::session& m_session;
  const CohortInfo& m_info;
  StayScope m_scope;
  std::vector<Slot> m_slots;  ///< by variable_id
  long long m_stayId = 0;     ///< bound in scope One
  std::string m_part;         ///< bound in scope Part
  BytesColumn m_vector;
  Cursor m_stays, m_observations, m_statics, m_events, m_labels;
};

}  // namespace fusemoe
