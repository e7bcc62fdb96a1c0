#include "cohort/cohort_copy.h"

#include <algorithm>
#include <chrono>

#include "base/database_url.h"
#include "cohort/cohort_store.h"
#include "cohort/cohort_writer.h"

namespace fusemoe {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kStaysBetweenReports = 256;

class Copy {
 public:
  Copy(const CohortStore& source, CohortWriter& writer, const StayChange& change, const ProgressSink& progress,
       const std::stop_token& stop)
      : m_source(source), m_writer(writer), m_change(change), m_progress(progress), m_stop(stop) {}

  Result<void> run(CopyReport& report);

 private:
  Result<void> add(const Sample& sample, const std::string& part, CopyReport& report);
  Result<std::vector<StayDocument>> documentsOf(std::int64_t stayId) const;
  void tell(std::size_t done, std::size_t all) const;

  const CohortStore& m_source;
  CohortWriter& m_writer;
  const StayChange& m_change;  ///< none = as it is
  const ProgressSink& m_progress;
  const std::stop_token& m_stop;
  std::vector<std::int64_t> m_withDocuments;
  Clock::time_point m_begun = Clock::now();
};

Result<void> Copy::run(CopyReport& report) {
  const Result<std::vector<StaySummary>> stays = m_source.stays();
  if (!stays) return failure(stays.error());
  Result<std::vector<std::int64_t>> withDocuments = m_source.staysWithDocuments();
  if (!withDocuments) return failure(withDocuments.error());
  m_withDocuments = std::move(*withDocuments);
  Result<void> added;
  std::size_t index = 0;
  const Result<void> visited = m_source.visit("", [&](const SamplePtr& sample) {
    if (m_stop.stop_requested()) return false;
    if (index % kStaysBetweenReports == 0) tell(index, stays->size());
    // Both lists are in order of id; an id of one alone means that the source changed while it was read.
    if (index >= stays->size() || (*stays)[index].stayId != sample->stayId) return false;
    added = add(*sample, (*stays)[index].split, report);
    ++index;
    return added.has_value();
  });
  if (!visited) return visited;
  if (!added) return added;
  if (m_stop.stop_requested()) return failure("The copy was stopped.", "Nothing was written.");
  if (index != stays->size())
    return failure(m_source.info().path + " changed while it was read.", "Nothing was written. Try again.");
  return {};
}

Result<void> Copy::add(const Sample& asItIs, const std::string& part, CopyReport& report) {
  Sample sample = asItIs;
  std::vector<StayDocument> documents;
  if (std::ranges::binary_search(m_withDocuments, sample.stayId)) {
    Result<std::vector<StayDocument>> found = documentsOf(sample.stayId);
    if (!found) return failure(found.error());
    documents = std::move(*found);
  }
  if (m_change)
    if (const auto changed = m_change(sample, documents); !changed) return changed;
  ++report.stays;
  report.documents += static_cast<std::int64_t>(documents.size());
  for (const ModalityData& modality : sample.modalities)
    report.values += static_cast<std::int64_t>(modality.observationCount());
  return m_writer.add(sample, part, documents);
}

Result<std::vector<StayDocument>> Copy::documentsOf(std::int64_t stayId) const {
  const Result<std::vector<DocumentEntry>> entries = m_source.documents(stayId);
  if (!entries) return failure(entries.error());
  std::vector<StayDocument> documents;
  for (const DocumentEntry& entry : *entries) {
    Result<StayDocument> document = m_source.document(stayId, entry.modality, entry.position);
    if (!document) return failure(document.error());
    documents.push_back(std::move(*document));
  }
  return documents;
}

void Copy::tell(std::size_t done, std::size_t all) const {
  if (!m_progress) return;
  const double fraction = static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(all, 1));
  const double seconds = std::chrono::duration<double>(Clock::now() - m_begun).count();
  m_progress({fraction, "copying stays", done == 0 ? -1 : seconds * (1 - fraction) / fraction});
}

Result<CopyReport> copyInto(const CohortStore& source, const CohortInfo& info, const std::string& to,
                            const std::string& expected, const StayChange& change, const ProgressSink& progress,
                            const std::stop_token& stop) {
  Result<CohortWriter> writer = CohortWriter::create(to, info);
  if (!writer) return failure(writer.error());
  CopyReport report;
  report.output = withoutPassword(to);
  if (auto copied = Copy(source, *writer, change, progress, stop).run(report); !copied) return failure(copied.error());
  if (auto committed = writer->commit(info.importCounts, expected); !committed) return failure(committed.error());
  if (progress) progress({1, "done", 0});
  return report;
}

}  // namespace

Result<CopyReport> copyCohort(const std::string& from, const std::string& to, const ProgressSink& progress,
                              const std::stop_token& stop) {
  const Result<CohortPtr> source = CohortStore::open(from);
  if (!source) return failure(source.error());
  const CohortInfo& info = (*source)->info();
  // A file's digest is checked when it is opened; that of a database can only be checked by reading all of it.
  const std::string expected = isDatabaseUrl(from) ? info.digest : std::string();
  return copyInto(**source, info, to, expected, {}, progress, stop);
}

Result<CopyReport> copyChanged(const CohortStore& source, const CohortInfo& info, const std::string& to,
                               const StayChange& change, const ProgressSink& progress, const std::stop_token& stop) {
  return copyInto(source, info, to, {}, change, progress, stop);
}

}  // namespace fusemoe
