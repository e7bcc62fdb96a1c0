#include "cohort/import/mimic_stays.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cohort/import/icd_conditions.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr auto kWindowSeconds = static_cast<std::int64_t>(kMimicWindowHours) * kHour;
constexpr double kAdultAge = 18, kOldestAge = 120;

using Counts = std::map<std::string, std::int64_t>;

struct Patient {
  bool male = false;
  std::optional<double> anchorAge;
  std::int64_t anchorYear = 0;
};

struct Admission {
  std::optional<std::int64_t> death;
  bool died = false;
  bool diagnosed = false;
  std::uint32_t conditions = 0;
};

/// Everything about the candidates that the other tables say.
struct Tables {
  std::vector<MimicStay> stays;  ///< in the order of the file; in and out both 0: times unknown
  std::unordered_map<std::int64_t, Patient> patients;
  std::unordered_map<std::int64_t, Admission> admissions;
};

/// A time that may be missing. Error: text that is no time.
Result<std::optional<std::int64_t>> timeOf(const CsvReader& csv, std::size_t column, const char* name) {
  const std::string_view text = csv.text(column);
  if (text.empty()) return std::nullopt;
  const auto time = mimicTime(text);
  if (!time) return csv.rowError(std::string("the column ") + name + " holds no time");
  return time;
}

Result<void> takeStay(const CsvReader& csv, Tables& tables, std::unordered_set<std::int64_t>& ids) {
  const Result<std::int64_t> subject = csv.integer(0), admission = csv.integer(1), id = csv.integer(2);
  for (const auto* number : {&subject, &admission, &id})
    if (!*number) return failure(number->error());
  const auto in = timeOf(csv, 3, "intime"), out = timeOf(csv, 4, "outtime");
  if (!in) return failure(in.error());
  if (!out) return failure(out.error());
  if (!ids.insert(*id).second) return csv.rowError("the stay " + std::to_string(*id) + " is there twice");
  MimicStay stay;
  stay.id = *id;
  stay.subject = *subject;
  stay.admission = *admission;
  if (*in && *out) {
    stay.in = **in;
    stay.out = **out;
  }
  stay.windowEnd = stay.in + kWindowSeconds;
  tables.stays.push_back(stay);
  tables.patients.try_emplace(stay.subject);
  tables.admissions.try_emplace(stay.admission);
  return {};
}

/// Adults are told apart by age at the anchor year, which is shifted by the same years as all times of the person.
Result<void> takePatient(const CsvReader& csv, Tables& tables, std::unordered_set<std::int64_t>& known) {
  const Result<std::int64_t> subject = csv.integer(0);
  if (!subject) return failure(subject.error());
  const auto patient = tables.patients.find(*subject);
  if (patient == tables.patients.end()) return {};
  if (!known.insert(*subject).second) return csv.rowError("the person is there twice");
  const Result<std::optional<double>> age = csv.number(2);
  if (!age) return failure(age.error());
  const Result<std::int64_t> year = csv.integer(3);
  if (!year) return failure(year.error());
  patient->second = {csv.text(1) == "M", *age, *year};
  return {};
}

Result<void> takeAdmission(const CsvReader& csv, Tables& tables, std::unordered_set<std::int64_t>& known) {
  const Result<std::int64_t> id = csv.integer(0);
  if (!id) return failure(id.error());
  const auto admission = tables.admissions.find(*id);
  if (admission == tables.admissions.end()) return {};
  if (!known.insert(*id).second) return csv.rowError("the admission is there twice");
  const auto death = timeOf(csv, 1, "deathtime");
  if (!death) return failure(death.error());
  const Result<std::int64_t> flag = csv.integer(2);
  if (!flag) return failure(flag.error());
  if (*flag != 0 && *flag != 1) return csv.rowError("the column hospital_expire_flag must be 0 or 1");
  admission->second.death = *death;
  admission->second.died = *flag == 1;
  return {};
}

Result<void> takeDiagnosis(const CsvReader& csv, Tables& tables, Counts& counts) {
  const Result<std::int64_t> id = csv.integer(0), version = csv.integer(2);
  if (!id) return failure(id.error());
  if (!version) return failure(version.error());
  const auto admission = tables.admissions.find(*id);
  if (admission == tables.admissions.end()) {
    ++counts["rows.diagnoses.no_stay"];
    return {};
  }
  admission->second.diagnosed = true;
  if (*version != 9 && *version != 10) {
    ++counts["rows.diagnoses.unknown_version"];
    return {};
  }
  const std::uint32_t found = conditionsOf(*version == 9 ? IcdVersion::Icd9 : IcdVersion::Icd10, csv.text(1));
  ++counts[found ? "rows.diagnoses.condition" : "rows.diagnoses.other"];
  admission->second.conditions |= found;
  return {};
}

/// Why a stay does not belong to the cohort, or empty. Completes the stay.
std::string leftOutReason(MimicStay& stay, const Tables& tables, const std::unordered_set<std::int64_t>& people,
                          const std::unordered_set<std::int64_t>& admitted) {
  if (stay.out <= stay.in) return "no_times";
  if (stay.out - stay.in < kWindowSeconds) return "under_48h";
  if (!admitted.contains(stay.admission)) return "unknown_admission";
  if (!people.contains(stay.subject)) return "unknown_subject";
  const Patient& patient = tables.patients.at(stay.subject);
  if (!patient.anchorAge) return "no_age";
  stay.age = *patient.anchorAge + static_cast<double>(mimicYear(stay.in)) - static_cast<double>(patient.anchorYear);
  stay.male = patient.male;
  if (stay.age < kAdultAge) return "under_18";
  if (stay.age > kOldestAge) return "no_age";
  const Admission& admission = tables.admissions.at(stay.admission);
  stay.died = admission.died;
  stay.diagnosed = admission.diagnosed;
  stay.conditions = admission.conditions;
  // The stay's end is booked hours after death at times: whoever died in the window is no prediction task.
  if (admission.death && *admission.death < stay.windowEnd) return "died_within_48h";
  return {};
}

MimicStays selected(Tables tables, const std::unordered_set<std::int64_t>& people,
                    const std::unordered_set<std::int64_t>& admitted, Counts& counts) {
  MimicStays result;
  std::ranges::sort(tables.stays, {}, &MimicStay::id);
  for (MimicStay& stay : tables.stays) {
    const std::string reason = leftOutReason(stay, tables, people, admitted);
    if (!reason.empty()) {
      ++counts["stays.left_out." + reason];
      result.leftOut.insert(stay.id);
      continue;
    }
    const Admission& admission = tables.admissions.at(stay.admission);
    if (admission.death && !admission.died) ++counts["deaths.flag_0_with_time"];
    result.byId[stay.id] = result.kept.size();
    result.bySubject[stay.subject].push_back(result.kept.size());
    result.kept.push_back(stay);
  }
  for (auto& [subject, positions] : result.bySubject)
    std::ranges::sort(positions, {}, [&](std::size_t at) { return std::pair(result.kept[at].in, result.kept[at].id); });
  return result;
}

}  // namespace

const std::vector<std::string>& mimicStayTables() {
  static const std::vector<std::string> kTables = {"icu/icustays", "hosp/patients", "hosp/admissions",
                                                   "hosp/diagnoses_icd"};
  return kTables;
}

Result<MimicStays> readMimicStays(MimicSource& source, Counts& counts) {
  Tables tables;
  std::unordered_set<std::int64_t> ids, people, admitted;
  const auto stays = source.eachRow("icu/icustays", {"subject_id", "hadm_id", "stay_id", "intime", "outtime"},
                                    [&](const CsvReader& csv) { return takeStay(csv, tables, ids); });
  if (!stays) return failure(stays.error());
  counts["stays.total"] = *stays;
  const auto patients = source.eachRow("hosp/patients", {"subject_id", "gender", "anchor_age", "anchor_year"},
                                       [&](const CsvReader& csv) { return takePatient(csv, tables, people); });
  if (!patients) return failure(patients.error());
  const auto admissions = source.eachRow("hosp/admissions", {"hadm_id", "deathtime", "hospital_expire_flag"},
                                         [&](const CsvReader& csv) { return takeAdmission(csv, tables, admitted); });
  if (!admissions) return failure(admissions.error());
  const auto diagnoses = source.eachRow("hosp/diagnoses_icd", {"hadm_id", "icd_code", "icd_version"},
                                        [&](const CsvReader& csv) { return takeDiagnosis(csv, tables, counts); });
  if (!diagnoses) return failure(diagnoses.error());
  counts["rows.diagnoses.total"] = *diagnoses;
  return selected(std::move(tables), people, admitted, counts);
}

}  // namespace fusemoe
