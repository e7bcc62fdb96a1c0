#include "cohort/sweep_file.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <cassert>
#include <cmath>
#include <filesystem>
#include <optional>

#include "base/atomic_file.h"
#include "cohort/sqlite_database.h"

namespace fusemoe {
namespace {

constexpr const char* kFormat = "fusemoe sweep";
constexpr int kVersion = 1;
constexpr std::size_t kRowsATransaction = 50000;

constexpr const char* kSchema[] = {
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE mask(mask_id INTEGER PRIMARY KEY, bits INTEGER NOT NULL, masked TEXT NOT NULL)",
    "CREATE TABLE output(output_id INTEGER PRIMARY KEY, label TEXT NOT NULL)",
    "CREATE TABLE router(router_id INTEGER PRIMARY KEY, modality TEXT NOT NULL)",
    "CREATE TABLE state(stay_id INTEGER NOT NULL, mask_id INTEGER NOT NULL, hidden INTEGER NOT NULL, mean_drift REAL "
    "NOT NULL, PRIMARY KEY(stay_id, mask_id)) WITHOUT ROWID",
    "CREATE TABLE prediction(stay_id INTEGER NOT NULL, mask_id INTEGER NOT NULL, output_id INTEGER NOT NULL, "
    "probability REAL NOT NULL, delta REAL NOT NULL, PRIMARY KEY(stay_id, mask_id, output_id)) WITHOUT ROWID",
    "CREATE TABLE drift(stay_id INTEGER NOT NULL, mask_id INTEGER NOT NULL, layer INTEGER NOT NULL, router_id INTEGER "
    "NOT NULL, js REAL NOT NULL, kl REAL NOT NULL, l1 REAL NOT NULL, js_top_k REAL NOT NULL, PRIMARY KEY(stay_id, "
    "mask_id, layer, router_id)) WITHOUT ROWID",
    "CREATE VIEW predictions AS SELECT stay_id, masked, label, hidden, probability, delta, mean_drift FROM prediction "
    "JOIN state USING(stay_id, mask_id) JOIN mask USING(mask_id) JOIN output USING(output_id)",
    "CREATE VIEW drifts AS SELECT stay_id, masked, layer, modality, js, kl, l1, js_top_k FROM drift JOIN mask "
    "USING(mask_id) JOIN router USING(router_id)",
};

/// What must be equal to go on, and what differs if it is not.
struct MetaField {
  const char* key;
  std::string value;
  const char* differs;
};

template <class Items, class TextOf>
std::string joined(const Items& items, TextOf&& textOf) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : "; ") + textOf(item);
  return text;
}

std::vector<MetaField> fieldsOf(const SweepHeader& header) {
  const auto itself = [](const std::string& name) { return name; };
  return {{"format", kFormat, "kind of file"},
          {"version", std::to_string(kVersion), "version of the file"},
          {"model_digest", header.modelDigest, "model"},
          {"cohort_digest", header.cohortDigest, "cohort"},
          {"split", header.split, "split"},
          {"most", std::to_string(header.most), "number of stays"},
          {"intervention", header.intervention, "change of the model"},
          {"modalities", joined(header.modalities, itself), "list of modalities"},
          {"layers", std::to_string(header.layers), "number of layers"},
          {"routers", joined(header.routers, itself), "list of routers"},
          {"outputs", joined(header.outputs, itself), "list of outputs"},
          {"masks", joined(header.masks, [&](ModalityMask mask) { return maskText(header.modalities, mask); }),
           "list of masks"}};
}

Error sweepError(const std::string& path, const soci::soci_error& exception) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&exception);
  switch (sqlite ? sqlite->result() & 0xff : 0) {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return sqliteError(path, exception);
    default:
      return {path + " is not a sweep, or is damaged.", "Delete it and sweep again.", exception.what()};
  }
}

tl::unexpected<Error> damaged(const std::string& path) {
  return failure(path + " is a damaged sweep: rows are missing.", "Delete it and sweep again.");
}

template <class Action>
auto withDatabase(const std::string& path, Action&& action) -> decltype(action()) {
  try {
    return std::forward<Action>(action)();
  } catch (const soci::soci_error& exception) {
    return failure(sweepError(path, exception));
  }
}

/// A field of a CSV line, quoted where it must be (RFC 4180).
std::string csvField(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? std::string("\"\"") : std::string(1, c);
  return field + "\"";
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

/// The values of the row being inserted, and the statements that take them from here.
class Inserts {
 public:
  explicit Inserts(soci::session& session)
      : m_state((session.prepare << "INSERT INTO state VALUES(:stay, :mask, :hidden, :drift)", soci::use(m_stay),
                 soci::use(m_mask), soci::use(m_key), soci::use(m_numbers[0]))),
        m_prediction((session.prepare << "INSERT INTO prediction VALUES(:stay, :mask, :output, :probability, :delta)",
                      soci::use(m_stay), soci::use(m_mask), soci::use(m_key), soci::use(m_numbers[0]),
                      soci::use(m_numbers[1]))),
        m_drift((session.prepare << "INSERT INTO drift VALUES(:stay, :mask, :layer, :router, :js, :kl, :l1, :topk)",
                 soci::use(m_stay), soci::use(m_mask), soci::use(m_key), soci::use(m_router), soci::use(m_numbers[0]),
                 soci::use(m_numbers[1]), soci::use(m_numbers[2]), soci::use(m_numbers[3]))) {}

  /// Gives the number of rows written.
  std::size_t add(const SweepRow& row, std::size_t routers) {
    std::size_t rows = 0;
    m_stay = row.stayId;
    for (std::size_t m = 0; m < row.states.size(); ++m) {
      const SweepState& state = row.states[m];
      m_mask = static_cast<long long>(m);
      m_key = state.hidden;
      m_numbers[0] = state.meanDrift;
      m_state.execute(true);
      for (std::size_t o = 0; o < state.probability.size(); ++o) {
        m_key = static_cast<long long>(o);
        m_numbers[0] = static_cast<double>(state.probability[o]);
        m_numbers[1] = m_numbers[0] - static_cast<double>(row.states.front().probability[o]);
        m_prediction.execute(true);
      }
      for (std::size_t cell = 0; cell < state.cells.size(); ++cell) {
        const SweepCell& drift = state.cells[cell];
        m_key = static_cast<long long>(cell / routers) + 1;
        m_router = static_cast<long long>(cell % routers);
        m_numbers[0] = drift.jensenShannon;
        m_numbers[1] = drift.kullbackLeibler;
        m_numbers[2] = drift.l1;
        m_numbers[3] = drift.topK;
        m_drift.execute(true);
      }
      rows += 1 + state.probability.size() + state.cells.size();
    }
    return rows;
  }

 private:
  long long m_stay = 0, m_mask = 0, m_key = 0, m_router = 0;
  double m_numbers[4] = {};
  soci::statement m_state, m_prediction, m_drift;
};

class SqliteSweepFile final : public SweepFile {
 public:
  SqliteSweepFile(std::string path, SweepHeader header, MissingFile missing)
      : m_path(std::move(path)), m_header(std::move(header)), m_session(openSqliteForAppending(m_path, missing)) {}
  ~SqliteSweepFile() override {
    m_inserts.reset();
    m_session.reset();  // what was not flushed is rolled back: a stay is there whole or not at all
  }

  /// Tables and header of a new file. Throws soci::soci_error.
  void begin();
  /// Reads where the file stands, once it is known to be of this header. Throws soci::soci_error.
  Result<void> takeUp();

  std::int64_t lastStay() const override { return m_lastStay; }
  std::size_t stays() const override { return m_stays; }
  bool complete() const override { return m_complete; }
  Result<void> add(const SweepRow& row) override;
  Result<void> flush() override;
  Result<void> finish() override;
  Result<void> eachState(const std::function<void(const SweepSummary&)>& visit) override;
  Result<void> writeCsv(const std::string& path) override;

 private:
  void commit();
  Result<void> writeLines(std::ostream& out);

  std::string m_path;
  SweepHeader m_header;
  std::unique_ptr<soci::session> m_session;
  std::optional<Inserts> m_inserts;  ///< within a transaction
  std::size_t m_pending = 0;         ///< rows of the transaction
  std::int64_t m_lastStay = 0;
  std::size_t m_stays = 0;
  bool m_complete = false;
};

void SqliteSweepFile::begin() {
  // A statement runs when its expression ends, after temporaries are gone: what it uses has a name.
  soci::transaction all(*m_session);
  for (const char* statement : kSchema) *m_session << statement;
  for (const MetaField& field : fieldsOf(m_header)) {
    const std::string key(field.key);
    *m_session << "INSERT INTO meta VALUES(:key, :value)", soci::use(key), soci::use(field.value);
  }
  *m_session << "INSERT INTO meta VALUES('complete', '0')";
  for (std::size_t m = 0; m < m_header.masks.size(); ++m) {
    const auto id = static_cast<long long>(m), bits = static_cast<long long>(m_header.masks[m]);
    const std::string masked = maskText(m_header.modalities, m_header.masks[m]);
    *m_session << "INSERT INTO mask VALUES(:id, :bits, :masked)", soci::use(id), soci::use(bits), soci::use(masked);
  }
  const auto name = [this](const char* statement, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto id = static_cast<long long>(i);
      *m_session << statement, soci::use(id), soci::use(names[i]);
    }
  };
  name("INSERT INTO output VALUES(:id, :label)", m_header.outputs);
  name("INSERT INTO router VALUES(:id, :modality)", m_header.routers);
  all.commit();
}

Result<void> SqliteSweepFile::takeUp() {
  for (const MetaField& field : fieldsOf(m_header)) {
    const std::string key(field.key);
    std::string value;
    *m_session << "SELECT value FROM meta WHERE key = :key", soci::use(key), soci::into(value);
    if (!m_session->got_data()) return failure(m_path + " is not a sweep.", "Delete it and sweep again.");
    if (value != field.value)
      return failure(m_path + " was swept with another " + field.differs + ".",
                     "Sweep as it was begun, write to another file, or delete it and sweep again.",
                     std::string(field.key) + ": '" + value + "', now '" + field.value + "'");
  }
  std::string complete;
  *m_session << "SELECT value FROM meta WHERE key = 'complete'", soci::into(complete);
  m_complete = complete == "1";
  long long states = 0, last = 0;
  *m_session << "SELECT count(*), coalesce(max(stay_id), 0) FROM state", soci::into(states), soci::into(last);
  m_lastStay = last;
  const auto masks = static_cast<long long>(m_header.masks.size());
  if (states % masks != 0) return damaged(m_path);
  m_stays = static_cast<std::size_t>(states / masks);
  return {};
}

Result<void> SqliteSweepFile::add(const SweepRow& row) {
  assert(row.states.size() == m_header.masks.size());
  return withDatabase(m_path, [&]() -> Result<void> {
    if (!m_inserts) {
      m_session->begin();
      m_inserts.emplace(*m_session);
    }
    m_pending += m_inserts->add(row, m_header.routers.size());
    m_lastStay = row.stayId;
    ++m_stays;
    if (m_pending >= kRowsATransaction) commit();
    return {};
  });
}

void SqliteSweepFile::commit() {
  if (!m_inserts) return;
  m_inserts.reset();
  m_session->commit();
  m_pending = 0;
}

Result<void> SqliteSweepFile::flush() {
  return withDatabase(m_path, [&]() -> Result<void> {
    commit();
    return {};
  });
}

Result<void> SqliteSweepFile::finish() {
  return withDatabase(m_path, [&]() -> Result<void> {
    commit();
    *m_session << "UPDATE meta SET value = '1' WHERE key = 'complete'";
    m_complete = true;
    return {};
  });
}

Result<void> SqliteSweepFile::eachState(const std::function<void(const SweepSummary&)>& visit) {
  return withDatabase(m_path, [&]() -> Result<void> {
    long long stay = 0, mask = 0, hidden = 0;
    double drift = 0, delta = 0;
    soci::statement rows =
        (m_session->prepare << "SELECT stay_id, mask_id, hidden, mean_drift, (SELECT "
                               "avg(abs(delta)) FROM prediction p WHERE p.stay_id = s.stay_id AND "
                               "p.mask_id = s.mask_id) FROM state s ORDER BY stay_id, mask_id",
         soci::into(stay), soci::into(mask), soci::into(hidden), soci::into(drift), soci::into(delta));
    rows.execute();
    while (rows.fetch()) visit({stay, static_cast<int>(mask), static_cast<int>(hidden), drift, delta});
    return {};
  });
}

Result<void> SqliteSweepFile::writeCsv(const std::string& path) {
  return writeFileAtomically(
      path, [this](std::ostream& out) { return withDatabase(m_path, [&] { return writeLines(out); }); });
}

Result<void> SqliteSweepFile::writeLines(std::ostream& out) {
  out << "stay,masked,layer,router,js,kl,l1,js_top_k,mean_drift";
  for (const std::string& label : m_header.outputs)
    out << ',' << csvField("probability " + label) << ',' << csvField("delta " + label);
  out << '\n';
  // Three tables in the same order, read side by side.
  long long stay = 0, mask = 0, layer = 0, router = 0, driftStay = 0, driftMask = 0, ofStay = 0, ofMask = 0;
  double meanDrift = 0, js = 0, kl = 0, l1 = 0, topK = 0, probability = 0, delta = 0;
  soci::statement states = (m_session->prepare << "SELECT stay_id, mask_id, mean_drift FROM state ORDER BY 1, 2",
                            soci::into(stay), soci::into(mask), soci::into(meanDrift));
  soci::statement predictions = (m_session->prepare << "SELECT stay_id, mask_id, probability, delta FROM prediction "
                                                       "ORDER BY stay_id, mask_id, output_id",
                                 soci::into(ofStay), soci::into(ofMask), soci::into(probability), soci::into(delta));
  soci::statement drifts = (m_session->prepare << "SELECT stay_id, mask_id, layer, router_id, js, kl, l1, js_top_k "
                                                  "FROM drift ORDER BY 1, 2, 3, 4",
                            soci::into(driftStay), soci::into(driftMask), soci::into(layer), soci::into(router),
                            soci::into(js), soci::into(kl), soci::into(l1), soci::into(topK));
  for (soci::statement* statement : {&states, &predictions, &drifts}) statement->execute();
  const std::size_t routers = m_header.routers.size(), cells = static_cast<std::size_t>(m_header.layers) * routers;
  while (states.fetch()) {
    std::string tail = number(meanDrift);
    for (std::size_t o = 0; o < m_header.outputs.size(); ++o) {
      if (!predictions.fetch() || ofStay != stay || ofMask != mask) return damaged(m_path);
      tail += "," + number(probability) + "," + number(delta);
    }
    const std::string masked = csvField(maskText(m_header.modalities, m_header.masks[static_cast<std::size_t>(mask)]));
    for (std::size_t cell = 0; cell < cells; ++cell) {
      if (!drifts.fetch() || driftStay != stay || driftMask != mask) return damaged(m_path);
      out << stay << ',' << masked << ',' << layer << ','
          << csvField(m_header.routers[static_cast<std::size_t>(router)]) << ',' << number(js) << ',' << number(kl)
          << ',' << number(l1) << ',' << number(topK) << ',' << tail << '\n';
    }
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<SweepFile>> SweepFile::create(const std::string& path, const SweepHeader& header) {
  if (std::filesystem::exists(path))
    return failure(path + " is there already.", "Go on with it (--resume), or delete it.");
  return withDatabase(path, [&]() -> Result<std::unique_ptr<SweepFile>> {
    auto file = std::make_unique<SqliteSweepFile>(path, header, MissingFile::Create);
    file->begin();
    return file;
  });
}

Result<std::unique_ptr<SweepFile>> SweepFile::resume(const std::string& path, const SweepHeader& header) {
  return withDatabase(path, [&]() -> Result<std::unique_ptr<SweepFile>> {
    auto file = std::make_unique<SqliteSweepFile>(path, header, MissingFile::Refuse);
    if (auto taken = file->takeUp(); !taken) return failure(taken.error());
    return file;
  });
}

std::vector<std::string> maskNames(const std::vector<std::string>& modalities, ModalityMask mask) {
  std::vector<std::string> names;
  for (std::size_t m = 0; m < modalities.size(); ++m)
    if (mask >> m & 1U) names.push_back(modalities[m]);
  return names;
}

std::string maskText(const std::vector<std::string>& modalities, ModalityMask mask) {
  std::string text;
  for (const std::string& name : maskNames(modalities, mask)) text += (text.empty() ? "" : "+") + name;
  return text.empty() ? "none" : text;
}

}  // namespace fusemoe
