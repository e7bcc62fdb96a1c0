#include "cohort/document_reader.h"

#include <algorithm>

#include "cohort/bytes_column.h"
#include "cohort/schema.h"

namespace fusemoe {
namespace {

constexpr std::size_t kMaxTitle = 1000;

/// One row without content.
struct Row {
  long long modality = 0, position = 0, bytes = 0;
  double hour = 0;
  std::string kind, title;
};

tl::unexpected<Error> damaged(const CohortInfo& info, std::int64_t stayId, const std::string& what,
                              std::string detail = {}) {
  return failure("Stay " + std::to_string(stayId) + " of " + info.path + " has a damaged document: " + what + ".",
                 "Copy or import the cohort again.", std::move(detail));
}

Result<DocumentEntry> entryOf(const Row& row, const CohortInfo& info, std::int64_t stayId) {
  if (row.modality < 0 || row.modality >= static_cast<long long>(info.modalities.size()))
    return damaged(info, stayId, "it belongs to modality " + std::to_string(row.modality) + ", which does not exist");
  const auto kind = documentKindFromStored(row.kind);
  if (!kind) return damaged(info, stayId, "it is of the unknown kind \"" + row.kind + "\"");
  if (!(row.hour >= 0 && row.hour <= info.windowHours)) return damaged(info, stayId, "it lies outside the window");
  if (row.position < 0 || row.position > 1'000'000'000) return damaged(info, stayId, "its position is impossible");
  if (row.title.size() > kMaxTitle || !isPlainText(row.title))
    return damaged(info, stayId, "its title is no line of text");
  return DocumentEntry{info.modalities[static_cast<std::size_t>(row.modality)].name,
                       static_cast<int>(row.position),
                       static_cast<float>(row.hour),
                       *kind,
                       row.title,
                       row.bytes};
}

}  // namespace

Result<std::vector<DocumentEntry>> readDocumentEntries(soci::session& session, const CohortInfo& info,
                                                       std::int64_t stayId) {
  Row row;
  const long long stay = stayId;
  soci::statement rows = (session.prepare << "SELECT modality_id, position, hour, kind, title, LENGTH(content) FROM "
                                             "document WHERE stay_id = :stay ORDER BY modality_id, position",
                          soci::into(row.modality), soci::into(row.position), soci::into(row.hour),
                          soci::into(row.kind), soci::into(row.title), soci::into(row.bytes), soci::use(stay, "stay"));
  rows.execute();
  std::vector<DocumentEntry> entries;
  while (rows.fetch()) {
    Result<DocumentEntry> entry = entryOf(row, info, stayId);
    if (!entry) return failure(entry.error());
    if (!entries.empty() && entries.back().modality == entry->modality && entry->hour < entries.back().hour)
      return damaged(info, stayId, "the documents of " + entry->modality + " are not in order of time");
    entries.push_back(std::move(*entry));
  }
  return entries;
}

Result<StayDocument> readDocument(soci::session& session, const CohortInfo& info, std::int64_t stayId,
                                  const std::string& modality, int position) {
  const auto known = std::ranges::find(info.modalities, modality, &CohortModality::name);
  const long long stay = stayId, key = known - info.modalities.begin(), place = position;
  Row row;
  session << "SELECT modality_id, position, hour, kind, title, LENGTH(content) FROM document WHERE stay_id = :stay AND "
             "modality_id = :modality AND position = :position",
      soci::into(row.modality), soci::into(row.position), soci::into(row.hour), soci::into(row.kind),
      soci::into(row.title), soci::into(row.bytes), soci::use(stay, "stay"), soci::use(key, "modality"),
      soci::use(place, "position");
  if (known == info.modalities.end() || !session.got_data())
    return failure("Stay " + std::to_string(stayId) + " of " + info.path + " has no such document.");
  Result<DocumentEntry> entry = entryOf(row, info, stayId);
  if (!entry) return failure(entry.error());
  // Asked before a byte of it is read.
  if (row.bytes > kMaxDocumentBytes)
    return failure("A document of stay " + std::to_string(stayId) + " has " + std::to_string(row.bytes >> 20) +
                       " MiB; at most " + std::to_string(kMaxDocumentBytes >> 20) + " MiB are shown.",
                   "Open it with another program.");
  StayDocument document{std::move(*entry), {}};
  BytesColumn content(session);
  soci::statement bytes(session);
  bytes.alloc();
  bytes.prepare(
      "SELECT content FROM document WHERE stay_id = :stay AND modality_id = :modality AND position = :position");
  content.bind(bytes);
  bytes.exchange(soci::use(stay, "stay"));
  bytes.exchange(soci::use(key, "modality"));
  bytes.exchange(soci::use(place, "position"));
  bytes.define_and_bind();
  if (bytes.execute(true)) document.content = content.bytes();
  if (auto checked = checkDocument(document.entry.kind, document.content); !checked)
    return damaged(info, stayId, checked.error().what, checked.error().detail);
  return document;
}

}  // namespace fusemoe
