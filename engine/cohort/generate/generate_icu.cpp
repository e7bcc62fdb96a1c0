#include "cohort/generate/generate_icu.h"

#include <chrono>
#include <vector>

#include "base/database_url.h"
#include "cohort/cohort_writer.h"
#include "cohort/generate/icu_documents.h"
#include "cohort/generate/icu_patient.h"
#include "cohort/generate/icu_record.h"
#include "cohort/import/person_split.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kMostStays = 10'000'000;
constexpr int kWidest = 4096;
constexpr std::string_view kSevere = "high severity";

constexpr std::string_view kDescription =
    "SYNTHETIC. Invented intensive care stays, made by `fusemoe generate icu`; no number comes from a patient and none "
    "says anything about one. Input: 48 hours of 30 vitals and labs (ts), vectors of notes (text), chest X-rays (cxr) "
    "and "
    "ECGs (ecg). Planted: each latent condition shows in known modalities (kidney failure in ts, arrhythmia in ecg, "
    "pneumonia in cxr, more weakly in text and ts, histories in text); conditions make severity, severity makes death, "
    "how often the stay is measured and which modalities it has. The task `condition` holds this truth.";

std::vector<float> flags(auto begin, auto end) {
  std::vector<float> values;
  for (; begin != end; ++begin) values.push_back(*begin ? 1.0F : 0.0F);
  return values;
}

void addLabels(Sample& sample, const IcuPatient& patient) {
  sample.labels["ihm"] = {patient.dies ? 1.0F : 0.0F};
  sample.labels["los"] = {patient.leavesSoon ? 1.0F : 0.0F};
  sample.labels["pheno"] = flags(patient.phenotypes.begin(), patient.phenotypes.end());
  sample.labels["condition"] = flags(patient.conditions.begin(), patient.conditions.end());
  sample.labels["condition"].push_back(patient.severity >= kHighSeverity ? 1.0F : 0.0F);
}

Result<void> check(const IcuRequest& request) {
  if (request.stays < 1 || request.stays > kMostStays)
    return failure("The number of stays must be 1 to " + std::to_string(kMostStays) + ".", "Choose another --stays.");
  for (const int width : {request.textWidth, request.cxrWidth, request.ecgWidth})
    if (width < 1 || width > kWidest)
      return failure("The width of a vector must be 1 to " + std::to_string(kWidest) + ".",
                     "The paper's are 768 (text), 1024 (cxr) and 256 (ecg).");
  if (request.documents < 0) return failure("The number of stays with documents cannot be negative.");
  return {};
}

/// Parts of all stays. The labels are drawn twice, here and when written, so that no stay is kept in memory.
Result<std::vector<std::string_view>> partsOf(const IcuRequest& request, const std::stop_token& stop) {
  std::vector<SplitPerson> people;
  people.reserve(static_cast<std::size_t>(request.stays));
  for (std::int64_t id = 1; id <= request.stays; ++id) {
    if (stop.stop_requested()) return failure("The generator was stopped.", "Nothing was written.");
    people.push_back({id, drawPatient(request.seed, id).dies ? 1 : 0});
  }
  return splitPeople(people, request.seed);
}

/// Adds a stay and counts it.
Result<void> addStay(CohortWriter& writer, const IcuRequest& request, std::int64_t id, std::string_view part,
                     std::map<std::string, std::int64_t>& counts) {
  const IcuPatient patient = drawPatient(request.seed, id);
  Sample sample = drawRecord(request.seed, patient, {request.textWidth, request.cxrWidth, request.ecgWidth});
  addLabels(sample, patient);
  std::vector<StayDocument> documents;
  if (id <= request.documents) documents = drawDocuments(request.seed, patient, sample);
  ++counts["split." + std::string(part)];
  counts["split." + std::string(part) + ".deaths"] += patient.dies ? 1 : 0;
  counts["label.ihm.positive"] += patient.dies ? 1 : 0;
  counts["label.los.positive"] += patient.leavesSoon ? 1 : 0;
  for (const ModalityData& modality : sample.modalities) {
    counts["present." + modality.name] += modality.present() ? 1 : 0;
    for (const VariableData& variable : modality.variables)
      counts["observations"] += static_cast<std::int64_t>(variable.observations.size());
    counts["events"] += static_cast<std::int64_t>(modality.events.size());
  }
  counts["documents"] += static_cast<std::int64_t>(documents.size());
  return writer.add(sample, std::string(part), documents);
}

}  // namespace

CohortInfo icuInfo(const IcuRequest& request) {
  CohortInfo info;
  info.name = "icu-synthetic";
  info.title = "Synthetic ICU (invented stays)";
  info.description = kDescription;
  info.attribution = "Synthetic data, made by FuseMoE Explorer's generator (seed " + std::to_string(request.seed) +
                     "); no patients, no source to cite. Licence as the program.";
  info.windowHours = kIcuWindowHours;
  info.timeUnit = "h";
  info.timeOrigin = "admission to a synthetic ICU";
  CohortModality series{"ts", "Vitals and labs (synthetic)", ModalityKind::Series, 0, {}};
  for (const SeriesInfo& variable : icuSeries())
    series.variables.push_back({std::string(variable.name), std::string(variable.title), std::string(variable.unit),
                                variable.referenceLow, variable.referenceHigh});
  info.modalities = {series,
                     {"text", "Clinical notes (synthetic)", ModalityKind::Vectors, request.textWidth, {}},
                     {"cxr", "Chest X-ray (synthetic)", ModalityKind::Vectors, request.cxrWidth, {}},
                     {"ecg", "ECG (synthetic)", ModalityKind::Vectors, request.ecgWidth, {}}};
  std::vector<std::string> conditions;
  for (const ConditionInfo& condition : icuConditions()) conditions.emplace_back(condition.name);
  conditions.emplace_back(kSevere);
  info.tasks = {
      {"ihm", "In-hospital death (synthetic)", TaskKind::Binary, {"death"}},
      {"los", "Discharged alive within the next 48 hours (synthetic)", TaskKind::Binary, {"discharge"}},
      {"pheno", "Acute conditions (synthetic)", TaskKind::MultiLabel, {icuPhenotypes().begin(), icuPhenotypes().end()}},
      {"condition", "Planted conditions, the truth (synthetic)", TaskKind::MultiLabel, conditions}};
  return info;
}

Result<IcuReport> generateIcu(const IcuRequest& request, const ProgressSink& progress, const std::stop_token& stop) {
  if (auto valid = check(request); !valid) return failure(valid.error());
  auto parts = partsOf(request, stop);
  if (!parts) return failure(parts.error());
  auto writer = CohortWriter::create(request.output, icuInfo(request));
  if (!writer) return failure(writer.error());
  const auto start = std::chrono::steady_clock::now();
  IcuReport report{withoutPassword(request.output),
                   {{"stays", request.stays}, {"seed", static_cast<std::int64_t>(request.seed)}}};
  for (std::int64_t id = 1; id <= request.stays; ++id) {
    if (stop.stop_requested()) return failure("The generator was stopped.", "Nothing was written.");
    if (auto added = addStay(*writer, request, id, (*parts)[static_cast<std::size_t>(id - 1)], report.counts); !added)
      return failure(added.error());
    const double done = static_cast<double>(id) / static_cast<double>(request.stays);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (progress) progress({done, "synthetic stay " + std::to_string(id), seconds * (1 - done) / done});
  }
  if (auto committed = writer->commit(report.counts); !committed) return failure(committed.error());
  return report;
}

}  // namespace fusemoe
