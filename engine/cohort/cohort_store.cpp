#include "cohort/cohort_store.h"

#include <cmath>
#include <filesystem>
#include <limits>
#include <mutex>

#include "base/sha256.h"
#include "cohort/database.h"
#include "cohort/document_reader.h"
#include "cohort/info_tables.h"
#include "cohort/schema.h"
#include "cohort/stay_reader.h"

namespace fusemoe {
namespace {

/// Two connections, so that a training run that streams never makes the window wait for a stay.
class SqlCohortStore final : public CohortStore {
 public:
  SqlCohortStore(CohortInfo info, std::unique_ptr<soci::session> reading, std::unique_ptr<soci::session> streaming)
      : m_info(std::move(info)),
        m_reading(std::move(reading)),
        m_streaming(std::move(streaming)),
        m_oneStay(*m_reading, m_info, StayScope::One) {}

  const CohortInfo& info() const override { return m_info; }
  Result<std::vector<StaySummary>> stays() const override;
  Result<SamplePtr> read(std::int64_t stayId) const override;
  Result<std::vector<DocumentEntry>> documents(std::int64_t stayId) const override;
  Result<StayDocument> document(std::int64_t stayId, const std::string& modality, int position) const override;
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  Result<std::vector<StaySummary>> summaries() const;
  Result<void> addParts(std::vector<StaySummary>& stays) const;
  Result<void> addLabels(std::vector<StaySummary>& stays) const;
  Result<void> checkSplit(const std::string& split) const;

  CohortInfo m_info;
  mutable std::mutex m_readMutex;    ///< guards m_reading and m_oneStay
  mutable std::mutex m_streamMutex;  ///< guards m_streaming
  std::unique_ptr<soci::session> m_reading;
  std::unique_ptr<soci::session> m_streaming;
  mutable StayReader m_oneStay;
};

Result<std::vector<StaySummary>> SqlCohortStore::stays() const {
  const std::lock_guard lock(m_readMutex);
  return guarded(m_info.path, [this]() -> Result<std::vector<StaySummary>> {
    Result<std::vector<StaySummary>> stays = summaries();
    if (!stays) return stays;
    if (auto added = addParts(*stays).and_then([&] { return addLabels(*stays); }); !added)
      return failure(added.error());
    return stays;
  });
}

Result<std::vector<StaySummary>> SqlCohortStore::summaries() const {
  const std::size_t labels = m_info.tasks.empty() ? 0 : m_info.tasks.front().labels.size();
  const std::vector<float> unknown(labels, std::numeric_limits<float>::quiet_NaN());
  std::vector<StaySummary> stays;
  long long stayId = 0, present = 0;
  soci::statement rows = (m_reading->prepare << "SELECT stay_id, present FROM stay ORDER BY stay_id",
                          soci::into(stayId), soci::into(present));
  rows.execute();
  while (rows.fetch()) {
    if (present < 0 || present >> m_info.modalities.size() != 0)
      return failure("Stay " + std::to_string(stayId) + " of " + m_info.path + " names modalities that do not exist.",
                     "Import the cohort again.");
    stays.push_back({stayId, static_cast<std::uint32_t>(present), {}, unknown});
  }
  return stays;
}

Result<void> SqlCohortStore::addParts(std::vector<StaySummary>& stays) const {
  long long stayId = 0;
  std::string part;
  soci::statement rows =
      (m_reading->prepare << "SELECT stay_id, part FROM split ORDER BY stay_id", soci::into(stayId), soci::into(part));
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

Result<void> SqlCohortStore::addLabels(std::vector<StaySummary>& stays) const {
  long long stayId = 0, position = 0;
  double value = 0;
  soci::statement rows =
      (m_reading->prepare << "SELECT stay_id, position, value FROM label WHERE task_id = 0 ORDER BY stay_id, position",
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
  const std::lock_guard lock(m_readMutex);
  return guarded(m_info.path, [&]() -> Result<SamplePtr> {
    m_oneStay.startOne(stayId);
    Result<SamplePtr> sample = m_oneStay.next();
    if (sample && !*sample)
      return failure("There is no stay " + std::to_string(stayId) + " in " + m_info.path + ".",
                     "`fusemoe cohort` lists what the file holds.");
    return sample;
  });
}

Result<std::vector<DocumentEntry>> SqlCohortStore::documents(std::int64_t stayId) const {
  const std::lock_guard lock(m_readMutex);
  return guarded(m_info.path, [&] { return readDocumentEntries(*m_reading, m_info, stayId); });
}

Result<StayDocument> SqlCohortStore::document(std::int64_t stayId, const std::string& modality, int position) const {
  const std::lock_guard lock(m_readMutex);
  return guarded(m_info.path, [&] { return readDocument(*m_reading, m_info, stayId, modality, position); });
}

Result<void> SqlCohortStore::checkSplit(const std::string& split) const {
  if (split.empty() || isSplitPart(split)) return {};
  return failure("There is no split \"" + split + "\".", "Use train, validation, test, or none for all stays.");
}

Result<void> SqlCohortStore::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  if (auto known = checkSplit(split); !known) return known;
  const std::lock_guard lock(m_streamMutex);
  return guarded(m_info.path, [&]() -> Result<void> {
    StayReader reader(*m_streaming, m_info, split.empty() ? StayScope::All : StayScope::Part);
    split.empty() ? reader.startAll() : reader.startPart(split);
    while (true) {
      const Result<SamplePtr> sample = reader.next();
      if (!sample) return failure(sample.error());
      if (!*sample || !visit(*sample)) return {};
    }
  });
}

Result<std::size_t> SqlCohortStore::count(const std::string& split) const {
  if (auto known = checkSplit(split); !known) return failure(known.error());
  const std::lock_guard lock(m_readMutex);
  return guarded(m_info.path, [&]() -> Result<std::size_t> {
    long long stays = 0;
    if (split.empty()) {
      *m_reading << "SELECT COUNT(*) FROM stay", soci::into(stays);
    } else {
      *m_reading << "SELECT COUNT(*) FROM stay WHERE stay_id IN (SELECT stay_id FROM split WHERE part = :part)",
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

}  // namespace

Result<std::shared_ptr<const CohortStore>> CohortStore::open(const std::string& path) {
  if (auto file = checkFile(path); !file) return failure(file.error());
  return guarded(path, [&]() -> Result<std::shared_ptr<const CohortStore>> {
    auto reading = openForReading(path);
    Result<CohortInfo> info = readInfo(*reading, path);
    if (!info) return failure(info.error());
    Result<std::string> digest = sha256File(path);
    if (!digest) return failure(digest.error());
    info->path = path;
    info->digest = std::move(*digest);
    return std::make_shared<const SqlCohortStore>(std::move(*info), std::move(reading), openForReading(path));
  });
}

}  // namespace fusemoe
