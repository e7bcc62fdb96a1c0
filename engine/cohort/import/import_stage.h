#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

/// A stay as the source announces it.
struct StagedStay {
  std::int64_t id = 0;
  std::int64_t person = 0;  ///< stays of one person get into one part; see personIdOf
  int stratum = 0;          ///< what the split balances, e.g. the label; a person counts under the highest of its stays
  std::optional<std::string> part = {};  ///< where the source says it ("" = in none); else split by person
  std::map<std::string, std::vector<float>> labels = {};  ///< as Sample::labels; a task not named is unknown
};

/// A number for a person the source names by text: the number itself where it is one, else a hash of the text.
std::int64_t personIdOf(std::string_view name);

/// What becomes of two values of one variable at one hour of one stay.
enum class RepeatPolicy {
  First,  ///< the one added first stands
  Last,   ///< the one added last stands
  Mean,
  Sum
};

/// What became of the values of the stays handed out. The sum of all is what was added.
struct ValueCounts {
  std::int64_t kept = 0;
  std::int64_t sameValue = 0;   ///< First, Last: dropped, and equal to the value that stands
  std::int64_t otherValue = 0;  ///< First, Last: dropped for another value
  std::int64_t merged = 0;      ///< Mean, Sum: gone into the value that stands
};
struct StagedCounts {
  ValueCounts series, statics;
  std::int64_t events = 0;  ///< all are kept
};

/// Where an importer puts what it reads, in any order of stays and times, and gets it back stay by stay: rows go to a
/// temporary SQLite file beside the output (in TMPDIR for a database server), which has no name while it is in use, so
/// nothing is left behind whatever happens. Memory: 16 MiB, some 200 bytes a stay, and one stay's data. ≥ 1 M rows a
/// second in and out. One thread.
///
/// Way of use: create, `addStay` for every stay before its rows, add rows, then `visit` once, usually by writeStaged.
class ImportStage {
 public:
  /// `info` is the importer's own layout, before any VariableMapping. Error: cannot write beside the output.
  static Result<ImportStage> create(const std::string& output, const CohortInfo& info);

  ImportStage(ImportStage&&) noexcept;
  ImportStage& operator=(ImportStage&&) noexcept;
  ~ImportStage();

  /// Error: the id is there already.
  Result<void> addStay(StagedStay stay);
  bool hasStay(std::int64_t id) const;
  std::size_t stayCount() const;
  /// First unless set, for each variable by variableIndex().
  void setRepeatPolicy(std::size_t variable, RepeatPolicy policy);

  /// A value of a series variable, or of a static one (at hour 0). The stay must be known, the variable be one of
  /// variableIndex(), the hour inside the window and both numbers finite: the importer checks, for it counts the
  /// reasons (an hour that float32 rounds to behind the window is set to its end). Errors: no space; more than 4 M rows
  /// in one stay.
  Result<void> addObservation(std::int64_t stay, std::size_t variable, float hour, float value);
  /// An event of a modality (by modalityIndex()) of kind Vectors, as wide as that. Events of one hour stay in the order
  /// they are added in. Errors: no space; more than 256 MiB of events in one stay.
  Result<void> addEvent(std::int64_t stay, std::size_t modality, float hour, const std::string& code,
                        std::span<const float> vector);

  /// Hands out every stay in ascending id with the part it is in ("" = none), until `take` fails or `stop` asks.
  /// Parts: splitPeople over the persons of stays whose part the source does not say. Ends the stage's use.
  Result<void> visit(std::uint64_t seed,
                     const std::function<Result<void>(Sample sample, const std::string& part)>& take,
                     const std::stop_token& stop);
  const StagedCounts& counts() const;

 private:
  struct State;
  explicit ImportStage(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace fusemoe
