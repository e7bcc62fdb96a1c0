#include "cohort/import/import_stage.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <numeric>
#include <unordered_map>

#include "base/atomic_file.h"
#include "cohort/database.h"
#include "cohort/import/person_split.h"

namespace fusemoe {
namespace {

constexpr std::size_t kRowsInMemory = 1 << 19;
constexpr std::uint32_t kMaxStayRows = 4'000'000;
constexpr std::size_t kMaxStayEventBytes = std::size_t{256} << 20;

/// One value, as it lies in memory and in the file.
struct Row {
  std::uint32_t stay = 0;  ///< index in the list of stays
  std::uint32_t variable = 0;
  float hour = 0, value = 0;
};
static_assert(sizeof(Row) == 16);

/// Process-unique, also between two stages of one output.
std::string scratchPath(const std::string& output) {
  static std::atomic<int> number = 0;
  const bool isUrl = output.find("://") != std::string::npos;
  const std::string base = isUrl ? (std::filesystem::temp_directory_path() / "fusemoe-import").string() : output;
  return temporaryBeside(base) + ".stage" + std::to_string(number++);
}

/// The value at one hour that stands for several.
class Repeats {
 public:
  Repeats(RepeatPolicy policy, ValueCounts& counts) : m_policy(policy), m_counts(counts) {}

  void add(std::vector<Observation>& kept, const Row& row) {
    if (kept.empty() || kept.back().hour != row.hour) {
      kept.push_back({row.hour, row.value});
      m_sum = row.value;
      m_rows = 1;
      ++m_counts.kept;
      return;
    }
    ++m_rows;
    m_sum += row.value;
    float& value = kept.back().value;
    if (m_policy == RepeatPolicy::Mean || m_policy == RepeatPolicy::Sum) {
      ++m_counts.merged;
      value = static_cast<float>(m_policy == RepeatPolicy::Sum ? m_sum : m_sum / m_rows);
      return;
    }
    ++(value == row.value ? m_counts.sameValue : m_counts.otherValue);
    if (m_policy == RepeatPolicy::Last) value = row.value;
  }

 private:
  RepeatPolicy m_policy;
  ValueCounts& m_counts;
  double m_sum = 0;
  int m_rows = 0;
};

/// The statements of the scratch file and the values they use.
struct Scratch {
  explicit Scratch(soci::session& session)
      : bytes(session),
        addRows((session.prepare << "INSERT INTO piece(stay, bytes) VALUES(:stay, :bytes)", soci::use(stay),
                 soci::use(bytes))),
        addEvent((session.prepare << "INSERT INTO event(stay, modality, hour, code, vector) VALUES(:stay, :modality, "
                                     ":hour, :code, :vector)",
                  soci::use(stay), soci::use(modality), soci::use(hour), soci::use(code), soci::use(bytes))) {}

  void put(const void* data, std::size_t size) {
    bytes.trim(0);
    bytes.append(static_cast<const char*>(data), size);
  }

  long long stay = 0, modality = 0;
  double hour = 0;
  std::string code;
  soci::blob bytes;
  soci::statement addRows, addEvent;
};

}  // namespace

std::int64_t personIdOf(std::string_view name) {
  std::int64_t number = 0;
  const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (code == std::errc() && end == name.data() + name.size()) return number;
  // FNV-1a, 64 bits. Two people that share a hash would share a part, nothing worse.
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return static_cast<std::int64_t>(hash);
}

struct ImportStage::State {
  explicit State(const CohortInfo& description)
      : info(description), lastHour(static_cast<float>(description.windowHours)) {
    // The window's end need not be a float, and the next one may lie behind it.
    if (lastHour > info.windowHours) lastHour = std::nextafter(lastHour, 0.0F);
    for (std::size_t m = 0; m < info.modalities.size(); ++m)
      for (std::size_t v = 0; v < info.modalities[m].variables.size(); ++v) {
        places.emplace_back(m, v);
        policies.push_back(RepeatPolicy::First);
      }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    insert.reset();
    session.reset();
    if (!path.empty()) std::remove(path.c_str());
  }

  void flush();
  Sample blank(const StagedStay& stay) const;
  void takeRows(std::span<Row> rows, Sample& sample);
  std::vector<std::string> parts(std::uint64_t seed) const;

  CohortInfo info;
  float lastHour;  ///< the last that lies inside the window
  std::string output;
  std::string path;  ///< of the scratch file until it has lost its name
  std::unique_ptr<soci::session> session;
  std::unique_ptr<Scratch> insert;
  std::vector<std::pair<std::size_t, std::size_t>> places;  ///< variable -> modality and position in it
  std::vector<RepeatPolicy> policies;
  std::vector<StagedStay> stays;
  std::unordered_map<std::int64_t, std::uint32_t> indexOf;
  std::vector<std::uint32_t> rowsOf;      ///< by stay
  std::vector<std::size_t> eventBytesOf;  ///< by stay
  std::vector<Row> rows;                  ///< not yet in the file
  StagedCounts counts;
};

ImportStage::ImportStage(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ImportStage::ImportStage(ImportStage&&) noexcept = default;
ImportStage& ImportStage::operator=(ImportStage&&) noexcept = default;
ImportStage::~ImportStage() = default;

Result<ImportStage> ImportStage::create(const std::string& output, const CohortInfo& info) {
  return guarded(output, [&]() -> Result<ImportStage> {
    auto state = std::make_unique<State>(info);
    state->output = output;
    state->path = scratchPath(output);
    std::remove(state->path.c_str());
    state->session = createForWriting(state->path);
    *state->session << "CREATE TABLE piece(stay INTEGER NOT NULL, bytes BLOB NOT NULL)";
    *state->session << "CREATE TABLE event(stay INTEGER NOT NULL, modality INTEGER NOT NULL, hour REAL NOT NULL, code "
                       "TEXT NOT NULL, vector BLOB NOT NULL)";
    // Now, not at the end: an index made of many rows at once could not be stopped.
    *state->session << "CREATE INDEX piece_stay ON piece(stay)";
    *state->session << "CREATE INDEX event_stay ON event(stay)";
    // From here on the file lives as long as it is open: even a killed program leaves nothing behind.
    std::remove(state->path.c_str());
    state->path.clear();
    state->session->begin();
    state->insert = std::make_unique<Scratch>(*state->session);
    return ImportStage(std::move(state));
  });
}

Result<void> ImportStage::addStay(StagedStay stay) {
  const auto index = static_cast<std::uint32_t>(m_state->stays.size());
  if (!m_state->indexOf.emplace(stay.id, index).second)
    return failure("The stay " + std::to_string(stay.id) + " is in the source twice.", "Export the source again.");
  m_state->stays.push_back(std::move(stay));
  m_state->rowsOf.push_back(0);
  m_state->eventBytesOf.push_back(0);
  return {};
}

bool ImportStage::hasStay(std::int64_t id) const {
  return m_state->indexOf.contains(id);
}
std::size_t ImportStage::stayCount() const {
  return m_state->stays.size();
}
void ImportStage::setRepeatPolicy(std::size_t variable, RepeatPolicy policy) {
  m_state->policies.at(variable) = policy;
}
const StagedCounts& ImportStage::counts() const {
  return m_state->counts;
}

Result<void> ImportStage::addObservation(std::int64_t stay, std::size_t variable, float hour, float value) {
  const auto index = m_state->indexOf.find(stay);
  assert(index != m_state->indexOf.end() && variable < m_state->places.size());
  if (++m_state->rowsOf[index->second] > kMaxStayRows)
    return failure("The stay " + std::to_string(stay) + " has more than " + std::to_string(kMaxStayRows) + " rows.",
                   "Check the source.");
  m_state->rows.push_back(
      {index->second, static_cast<std::uint32_t>(variable), std::min(hour, m_state->lastHour), value});
  if (m_state->rows.size() < kRowsInMemory) return {};
  return guarded(m_state->output, [&]() -> Result<void> {
    m_state->flush();
    return {};
  });
}

Result<void> ImportStage::addEvent(std::int64_t stay, std::size_t modality, float hour, const std::string& code,
                                   std::span<const float> vector) {
  const auto index = m_state->indexOf.find(stay);
  assert(index != m_state->indexOf.end() && modality < m_state->info.modalities.size());
  assert(vector.size() == static_cast<std::size_t>(m_state->info.modalities[modality].width));
  if ((m_state->eventBytesOf[index->second] += vector.size_bytes() + code.size()) > kMaxStayEventBytes)
    return failure("The stay " + std::to_string(stay) + " has more than " + std::to_string(kMaxStayEventBytes >> 20) +
                       " MiB of events.",
                   "Check the source.");
  return guarded(m_state->output, [&]() -> Result<void> {
    Scratch& row = *m_state->insert;
    row.stay = index->second;
    row.modality = static_cast<long long>(modality);
    row.hour = std::min(hour, m_state->lastHour);
    row.code = code;
    row.put(vector.data(), vector.size_bytes());
    row.addEvent.execute(true);
    return {};
  });
}

void ImportStage::State::flush() {
  // Stable: of two values at one hour the file must still tell which came first.
  std::ranges::stable_sort(rows, {}, &Row::stay);
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last = std::find_if(first, rows.end(), [&](const Row& row) { return row.stay != first->stay; });
    insert->stay = first->stay;
    insert->put(&*first, static_cast<std::size_t>(last - first) * sizeof(Row));
    insert->addRows.execute(true);
    first = last;
  }
  rows.clear();
}

Sample ImportStage::State::blank(const StagedStay& stay) const {
  Sample sample;
  sample.stayId = stay.id;
  sample.labels = stay.labels;
  for (const CohortModality& modality : info.modalities) {
    ModalityData& data = sample.modalities.emplace_back(ModalityData{modality.name, modality.kind, {}, {}});
    for (const CohortVariable& variable : modality.variables) data.variables.push_back({variable.name, {}});
  }
  return sample;
}

void ImportStage::State::takeRows(std::span<Row> stayRows, Sample& sample) {
  std::ranges::stable_sort(stayRows, [](const Row& a, const Row& b) {
    return a.variable != b.variable ? a.variable < b.variable : a.hour < b.hour;
  });
  for (std::size_t i = 0; i < stayRows.size();) {
    const std::uint32_t variable = stayRows[i].variable;
    const auto [modality, position] = places[variable];
    ModalityData& data = sample.modalities[modality];
    Repeats repeats(policies[variable], data.kind == ModalityKind::Static ? counts.statics : counts.series);
    auto& observations = data.variables[position].observations;
    for (; i < stayRows.size() && stayRows[i].variable == variable; ++i) repeats.add(observations, stayRows[i]);
  }
}

std::vector<std::string> ImportStage::State::parts(std::uint64_t seed) const {
  std::map<std::int64_t, int> stratumOf;
  for (const StagedStay& stay : stays) {
    if (stay.part) continue;
    const auto [entry, isNew] = stratumOf.emplace(stay.person, stay.stratum);
    if (!isNew) entry->second = std::max(entry->second, stay.stratum);
  }
  std::vector<SplitPerson> people;
  for (const auto& [person, stratum] : stratumOf) people.push_back({person, stratum});
  const std::vector<std::string_view> shared = splitPeople(people, seed);
  std::unordered_map<std::int64_t, std::string_view> partOf;
  for (std::size_t i = 0; i < people.size(); ++i) partOf[people[i].id] = shared[i];
  std::vector<std::string> result;
  for (const StagedStay& stay : stays) result.push_back(stay.part ? *stay.part : std::string(partOf[stay.person]));
  return result;
}

Result<void> ImportStage::visit(std::uint64_t seed,
                                const std::function<Result<void>(Sample sample, const std::string& part)>& take,
                                const std::stop_token& stop) {
  State& state = *m_state;
  const std::vector<std::string> parts = state.parts(seed);
  std::vector<std::uint32_t> order(state.stays.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return state.stays[i].id; });
  return guarded(state.output, [&]() -> Result<void> {
    state.flush();
    state.insert.reset();
    soci::session& session = *state.session;
    long long stay = 0, modality = 0;
    double hour = 0;
    std::string code;
    soci::blob bytes(session);
    soci::statement pieces = (session.prepare << "SELECT bytes FROM piece WHERE stay = :stay ORDER BY rowid",
                              soci::into(bytes), soci::use(stay));
    soci::statement events =
        (session.prepare
             << "SELECT modality, hour, code, vector FROM event WHERE stay = :stay ORDER BY modality, hour, "
                "rowid",
         soci::into(modality), soci::into(hour), soci::into(code), soci::into(bytes), soci::use(stay));
    std::vector<Row> rows;
    for (const std::uint32_t index : order) {
      if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
      Sample sample = state.blank(state.stays[index]);
      stay = index;
      rows.clear();
      for (pieces.execute(); pieces.fetch();) {
        const std::size_t before = rows.size();
        rows.resize(before + bytes.get_len() / sizeof(Row));
        bytes.read(0, reinterpret_cast<char*>(rows.data() + before), bytes.get_len());
      }
      state.takeRows(rows, sample);
      for (events.execute(); events.fetch();) {
        Event event{static_cast<float>(hour), code, std::vector<float>(bytes.get_len() / sizeof(float))};
        if (!event.vector.empty()) bytes.read(0, reinterpret_cast<char*>(event.vector.data()), bytes.get_len());
        sample.modalities[static_cast<std::size_t>(modality)].events.push_back(std::move(event));
        ++state.counts.events;
      }
      if (auto taken = take(std::move(sample), parts[index]); !taken) return taken;
    }
    return {};
  });
}

}  // namespace fusemoe
