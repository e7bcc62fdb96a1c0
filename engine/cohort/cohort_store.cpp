#include "cohort/cohort_store.h"

#include <cmath>
#include <filesystem>
#include <limits>
#include <mutex>
#include <optional>

#include "cohort/database.h"
#include "cohort/document_reader.h"
#include "cohort/file_seal.h"
#include "cohort/info_tables.h"
#include "cohort/schema.h"
#include "cohort/stay_reader.h"

namespace fusemoe {
namespace {

/// A connection and what is prepared on it.
struct Line {
  explicit Line(std::unique_ptr<soci::session> opened) : session(std::move(opened)) {}

  std::mutex mutex;
  std::unique_ptr<soci::session> session;  ///< null until needed, on a server; and after it was lost
  std::optional<StayReader> oneStay;
};

/// Around a scan on a server: its cursors live in a transaction, which sees one state of the cohort. Nothing for a
/// file.
class Scan {
 public:
  explicit Scan(soci::session& session) : m_session(session), m_open(isPostgres(session)) {
    if (!m_open) return;
    m_session.begin();
    m_session << "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
  }
  Scan(const Scan&) = delete;
  Scan& operator=(const Scan&) = delete;
  ~Scan() {
    if (!m_open) return;
    try {
      m_session.rollback();
    } catch (const soci::soci_error&) {
      m_open = false;  // lost; the server ends the transaction by itself
    }
  }

 private:
  soci::session& m_session;
  bool m_open;
};

/// Two connections, so that a training run that streams never makes the window wait for a stay.
class SqlCohortStore final : public CohortStore {
 public:
  /// `streaming` may be null: it is then opened when needed.
  SqlCohortStore(std::string location, std::string identity, CohortInfo info, std::unique_ptr<soci::session> reading,
                 std::unique_ptr<soci::session> streaming)
      : m_location(std::move(location)),
        m_identity(std::move(identity)),
        m_info(std::move(info)),
        m_reading(std::move(reading)),
        m_streaming(std::move(streaming)) {}

  const CohortInfo& info() const override { return m_info; }
  Result<std::vector<StaySummary>> stays() const override;
  Result<SamplePtr> read(std::int64_t stayId) const override;
  Result<std::vector<DocumentEntry>> documents(std::int64_t stayId) const override;
  Result<StayDocument> document(std::int64_t stayId, const std::string& modality, int position) const override;
  Result<std::vector<std::int64_t>> staysWithDocuments() const override;
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  std::string m_location;  ///< with the password, if it has one
  std::string m_identity;
  CohortInfo m_info;
  mutable Line m_reading, m_streaming;

  template <class Action>
  auto on(Line& line, Action action) const -> decltype(action(*line.session));
  template <class Action>
  auto ask(Action action) const -> decltype(action(*m_reading.session));
  Result<void> checkIdentity(soci::session& session) const;
  Result<std::vector<StaySummary>> summaries(soci::session& session) const;
  Result<void> addParts(soci::session& session, std::vector<StaySummary>& stays) const;
  Result<void> addLabels(soci::session& session, std::vector<StaySummary>& stays) const;
  Result<void> checkSplit(const std::string& split) const;
};

/// Runs `action` on a line's session, connecting where there is none. A line that was lost is given up, so that the
/// next question connects anew.
template <class Action>
auto SqlCohortStore::on(Line& line, Action action) const -> decltype(action(*line.session)) {
  const std::lock_guard lock(line.mutex);
  auto answer = guarded(m_info.path, [&]() -> decltype(action(*line.session)) {
    if (!line.session) line.session = openForReading(m_location);
    return action(*line.session);
  });
  if (!answer && line.session && isLost(*line.session)) {
    line.oneStay.reset();
    line.session.reset();
  }
  return answer;
}

/// The same on the line for single questions. An answer counts only if the cohort is still the one that was opened.
template <class Action>
auto SqlCohortStore::ask(Action action) const -> decltype(action(*m_reading.session)) {
  return on(m_reading, [&](soci::session& session) -> decltype(action(session)) {
    auto answer = action(session);
    if (auto same = checkIdentity(session); !same) return failure(same.error());
    return answer;
  });
}

Result<void> SqlCohortStore::checkIdentity(soci::session& session) const {
  if (m_identity.empty() || identityOf(session) == m_identity) return {};
  return failure("The cohort " + m_info.path + " was replaced or removed since it was opened.", "Open it again.");
}

Result<std::vector<StaySummary>> SqlCohortStore::stays() const {
  return ask([this](soci::session& session) -> Result<std::vector<StaySummary>> {
    Result<std::vector<StaySummary>> stays = summaries(session);
    if (!stays) return stays;
    if (auto added = addParts(session, *stays).and_then([&] { return addLabels(session, *stays); }); !added)
      return failure(added.error());
    return stays;
  });
}

Result<std::vector<StaySummary>> SqlCohortStore::summaries(soci::session& session) const {
  const std::size_t labels = m_info.tasks.empty() ? 0 : m_info.tasks.front().labels.size();
  const std::vector<float> unknown(labels, std::numeric_limits<float>::quiet_NaN());
  std::vector<StaySummary> stays;
  long long stayId = 0, present = 0;
  soci::statement rows = (session.prepare << "SELECT stay_id, present FROM stay ORDER BY stay_id", soci::into(stayId),
                          soci::into(present));
  rows.execute();
  while (rows.fetch()) {
    if (present < 0 || present >> m_info.modalities.size() != 0)
      return failure("Stay " + std::to_string(stayId) + " of " + m_info.path + " names modalities that do not exist.",
                     "Import the cohort again.");
    stays.push_back({stayId, static_cast<std::uint32_t>(present), {}, unknown});
  }
  return stays;
}

Result<void> SqlCohortStore::addParts(soci::session& session, std::vector<StaySummary>& stays) const {
  long long stayId = 0;
  std::string part;
  soci::statement rows =
      (session.prepare << "SELECT stay_id, part FROM split ORDER BY stay_id", soci::into(stayId), soci::into(part));
  rows.execute();
  auto stay = stays.begin();
  while (rows.fetch()) {
    while (stay != stays.end() && stay->stayId < stayId) ++stay;
    if (!isSplitPart(part))
      return failure(
          "Stay " + std::to_string(stayId) + " of " + m_info.path + " is in the unknown part \"" + part + "\".",
          "Import the cohort again.");
    if (stay != stays.end() && stay->stayId == stayId) stay->split = part;
  }
  return {};
}

Result<void> SqlCohortStore::addLabels(soci::session& session, std::vector<StaySummary>& stays) const {
  long long stayId = 0, position = 0;
  double value = 0;
  soci::statement rows =
      (session.prepare << "SELECT stay_id, position, value FROM label WHERE task_id = 0 ORDER BY stay_id, position",
       soci::into(stayId), soci::into(position), soci::into(value));
  rows.execute();
  auto stay = stays.begin();
  while (rows.fetch()) {
    while (stay != stays.end() && stay->stayId < stayId) ++stay;
    if (stay == stays.end() || stay->stayId != stayId) continue;
    if (position < 0 || position >= static_cast<long long>(stay->labels.size()) || !std::isfinite(value))
      return failure("Stay " + std::to_string(stayId) + " of " + m_info.path + " has an impossible label.",
                     "Import the cohort again.");
    stay->labels[static_cast<std::size_t>(position)] = static_cast<float>(value);
  }
  return {};
}

Result<SamplePtr> SqlCohortStore::read(std::int64_t stayId) const {
  return ask([&](soci::session& session) -> Result<SamplePtr> {
    if (!m_reading.oneStay) m_reading.oneStay.emplace(session, m_info, StayScope::One);
    m_reading.oneStay->startOne(stayId);
    Result<SamplePtr> sample = m_reading.oneStay->next();
    if (sample && !*sample)
      return failure("There is no stay " + std::to_string(stayId) + " in " + m_info.path + ".",
                     "`fusemoe cohort` lists what it holds.");
    return sample;
  });
}

Result<std::vector<DocumentEntry>> SqlCohortStore::documents(std::int64_t stayId) const {
  return ask([&](soci::session& session) { return readDocumentEntries(session, m_info, stayId); });
}

Result<StayDocument> SqlCohortStore::document(std::int64_t stayId, const std::string& modality, int position) const {
  return ask([&](soci::session& session) { return readDocument(session, m_info, stayId, modality, position); });
}

Result<std::vector<std::int64_t>> SqlCohortStore::staysWithDocuments() const {
  return ask([&](soci::session& session) -> Result<std::vector<std::int64_t>> {
    long long stayId = 0;
    std::vector<std::int64_t> stays;
    soci::statement rows =
        (session.prepare << "SELECT DISTINCT stay_id FROM document ORDER BY stay_id", soci::into(stayId));
    rows.execute();
    while (rows.fetch()) stays.push_back(stayId);
    return stays;
  });
}

Result<void> SqlCohortStore::checkSplit(const std::string& split) const {
  if (split.empty() || isSplitPart(split)) return {};
  return failure("There is no split \"" + split + "\".", "Use train, validation, test, or none for all stays.");
}

Result<void> SqlCohortStore::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  if (auto known = checkSplit(split); !known) return known;
  return on(m_streaming, [&](soci::session& session) -> Result<void> {
    const Scan scan(session);
    StayReader reader(session, m_info, split.empty() ? StayScope::All : StayScope::Part, split);
    // The cursors hold on to what they found; so it is asked before, not after, hours of training.
    if (auto same = checkIdentity(session); !same) return same;
    reader.start();
    while (true) {
      const Result<SamplePtr> sample = reader.next();
      if (!sample) return failure(sample.error());
      if (!*sample || !visit(*sample)) return {};
    }
  });
}

Result<std::size_t> SqlCohortStore::count(const std::string& split) const {
  if (auto known = checkSplit(split); !known) return failure(known.error());
  return ask([&](soci::session& session) -> Result<std::size_t> {
    long long stays = 0;
    if (split.empty()) {
      session << "SELECT COUNT(*) FROM stay", soci::into(stays);
    } else {
      session << "SELECT COUNT(*) FROM stay WHERE stay_id IN (SELECT stay_id FROM split WHERE part = :part)",
          soci::into(stays), soci::use(split, "part");
    }
    return static_cast<std::size_t>(stays);
  });
}

Result<void> checkFile(const std::string& path) {
  std::error_code code;
  const auto status = std::filesystem::status(path, code);
  if (!std::filesystem::exists(status))
    return failure("There is no cohort file " + path + ".", "Check the path.", code ? code.message() : "");
  if (!std::filesystem::is_regular_file(status))
    return failure(path + " is not a file.", "Choose a file written by `fusemoe import`.");
  if (std::filesystem::file_size(path, code) == 0 && !code)
    return failure(path + " is empty.", "Copy or import the cohort again.");
  return {};
}

Result<CohortPtr> openFile(const std::string& path) {
  if (auto file = checkFile(path); !file) return failure(file.error());
  return guarded(path, [&]() -> Result<CohortPtr> {
    auto reading = openForReading(path);
    Result<CohortInfo> info = readInfo(*reading, path);
    if (!info) return failure(info.error());
    Result<FileDigest> digest = digestFile(path);
    if (!digest) return failure(digest.error());
    info->path = path;
    // What the file says of its content holds while nobody has changed the file.
    if (!digest->sealed || info->digest.empty()) info->digest = std::move(digest->sha256);
    // Both now: the file may be replaced by another while this one is open.
    return std::make_shared<const SqlCohortStore>(path, std::string(), std::move(*info), std::move(reading),
                                                  openForReading(path));
  });
}

Result<CohortPtr> openDatabase(const std::string& url) {
  const std::string shown = withoutPassword(url);
  return guarded(shown, [&]() -> Result<CohortPtr> {
    auto reading = openForReading(url);
    std::string identity = identityOf(*reading);
    Result<CohortInfo> info = readInfo(*reading, shown);
    if (!info) return failure(info.error());
    if (info->digest.empty())
      return failure("The cohort " + shown + " does not say which content it has.", "Copy or import the cohort again.");
    info->path = shown;
    return std::make_shared<const SqlCohortStore>(url, std::move(identity), std::move(*info), std::move(reading),
                                                  nullptr);
  });
}

}  // namespace

Result<std::shared_ptr<const CohortStore>> CohortStore::open(const std::string& location) {
  return isDatabaseUrl(location) ? openDatabase(location) : openFile(location);
}

}  // namespace fusemoe
