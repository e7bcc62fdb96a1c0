#include "mimic_fixture.h"

#include <QDateTime>
#include <QDir>
#include <cmath>

#include "cohort_fixture.h"

namespace fusemoe::test {

MimicFixture::MimicFixture() {
  tables["icu/icustays"] = "subject_id,hadm_id,stay_id,first_careunit,last_careunit,intime,outtime,los\n";
  tables["hosp/patients"] = "subject_id,gender,anchor_age,anchor_year,anchor_year_group,dod\n";
  tables["hosp/admissions"] =
      "subject_id,hadm_id,admittime,dischtime,deathtime,admission_type,admit_provider_id,admission_location,"
      "discharge_location,insurance,language,marital_status,race,edregtime,edouttime,hospital_expire_flag\n";
  tables["hosp/diagnoses_icd"] = "subject_id,hadm_id,seq_num,icd_code,icd_version\n";
  tables["hosp/labevents"] =
      "labevent_id,subject_id,hadm_id,specimen_id,itemid,order_provider_id,charttime,storetime,value,valuenum,valueuom,"
      "ref_range_lower,ref_range_upper,flag,priority,comments\n";
  tables["icu/chartevents"] =
      "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valuenum,valueuom,warning\n";
  tables["icu/outputevents"] = "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valueuom\n";

  for (int subject = 1; subject <= 13; ++subject) {
    if (subject == 7 || subject == 11) continue;
    addPatient(subject, subject == 8 ? 17 : 60, subject % 2 ? "F" : "M");
  }
  addStay(1, 11, 30000001, at(0), at(48));               // as short as may be, and leaves alive
  addStay(2, 12, 30000002, at(0), at(48 - 1.0 / 3600));  // a second too short
  addStay(3, 13, 30000003, at(0), at(96));               // leaves alive, too late by nothing
  addStay(4, 14, 30000004, at(0), at(96 - 1.0 / 3600));  // leaves alive just in time
  addStay(5, 15, 30000005, at(0), at(72));               // dies on the ward
  addStay(6, 16, 30000006, at(0), at(50));               // dead in the window, booked later
  addStay(1, 17, 30000007, at(0, 2152), at(200, 2152));  // the first person again
  addStay(8, 18, 30000008, at(0), at(60));               // a child
  addStay(9, 19, 30000009, at(0), "");                   // still there
  addStay(10, 20, 30000010, at(0), at(60));              // admission unknown
  addStay(11, 21, 30000011, at(0), at(60));              // person unknown
  addStay(12, 22, 30000012, at(0), at(60));              // never measured
  addStay(13, 23, 30000013, at(0), at(48));              // dies as the window ends
  for (const int admission : {11, 12, 13, 14, 17, 18, 19, 21, 22}) addAdmission(1, admission);
  addAdmission(5, 15, at(120), 1);
  addAdmission(6, 16, at(47.9), 1);
  addAdmission(13, 23, at(48), 1);
}

std::string MimicFixture::at(double hours, int year) {
  const QDateTime start(QDate(year, 1, 1), QTime(0, 0), Qt::UTC);
  return start.addSecs(std::llround(hours * 3600)).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")).toStdString();
}

void MimicFixture::addStay(int subject, int admission, int stay, const std::string& in, const std::string& out) {
  tables["icu/icustays"] += std::to_string(subject) + "," + std::to_string(admission) + "," + std::to_string(stay) +
                            ",\"Unit, one\",Unit," + in + "," + out + ",2.0\n";
}

void MimicFixture::addPatient(int subject, int age, const std::string& gender, int anchorYear) {
  tables["hosp/patients"] += std::to_string(subject) + "," + gender + "," + std::to_string(age) + "," +
                             std::to_string(anchorYear) + ",2011 - 2013,\n";
}

void MimicFixture::addAdmission(int subject, int admission, const std::string& death, int flag) {
  tables["hosp/admissions"] += std::to_string(subject) + "," + std::to_string(admission) + "," + at(-5) + "," +
                               at(300) + "," + death + ",URGENT,P1,WARD,HOME,Other,?,,,,," + std::to_string(flag) +
                               "\n";
}

void MimicFixture::addDiagnosis(int admission, const std::string& code, int version) {
  tables["hosp/diagnoses_icd"] +=
      "1," + std::to_string(admission) + ",1," + code + "," + std::to_string(version) + "\n";
}

void MimicFixture::addChart(int stay, double hours, int item, const std::string& value, const std::string& unit) {
  const int year = stay == 30000007 ? 2152 : 2150;
  tables["icu/chartevents"] += "1,1," + std::to_string(stay) + ",," + at(hours, year) + ",," + std::to_string(item) +
                               "," + value + "," + value + "," + unit + ",0\n";
}

void MimicFixture::addLab(int subject, double hours, int item, const std::string& value, const std::string& unit,
                          int year) {
  tables["hosp/labevents"] += "1," + std::to_string(subject) + ",,1," + std::to_string(item) + ",," + at(hours, year) +
                              ",,___," + value + "," + unit + ",,,,ROUTINE,\"a, b\"\n";
}

void MimicFixture::addOutput(int stay, double hours, int item, const std::string& value) {
  tables["icu/outputevents"] +=
      "1,1," + std::to_string(stay) + ",," + at(hours) + ",," + std::to_string(item) + "," + value + ",ml\n";
}

void MimicFixture::addHeartRates() {
  for (const int stay : {30000001, 30000003, 30000004, 30000005, 30000007, 30000013})
    addChart(stay, 1, 220045, "80", "bpm");
}

void MimicFixture::write(bool compressed) const {
  for (const auto& [name, text] : tables) {
    QDir(m_directory->path()).mkpath(QString::fromStdString(name.substr(0, name.find('/'))));
    if (compressed)
      writeGzip(file(name + ".csv.gz"), text);
    else
      writeBytes(file(name + ".csv"), text);
  }
}

ImportRequest MimicFixture::request(const std::map<std::string, std::string>& options) const {
  ImportRequest request{"mimic-iv", options, {}, output(), 32};
  request.options["dir"] = m_directory->path().toStdString();
  return request;
}

Result<ImportReport> MimicFixture::import(const std::map<std::string, std::string>& options, std::uint64_t seed) const {
  write();
  ImportRequest asked = request(options);
  asked.seed = seed;
  return runImport(asked, {}, {});
}

std::vector<Observation> valuesOf(const CohortPtr& cohort, std::int64_t stay, const std::string& variable) {
  const SamplePtr sample = cohort->read(stay).value();
  for (const ModalityData& modality : sample->modalities)
    for (const VariableData& data : modality.variables)
      if (data.name == variable) return data.observations;
  return {};
}

}  // namespace fusemoe::test
