#include <QtTest>
#include <cmath>

#include "cohort_fixture.h"
#include "mimic_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// Everything an import read must be found again under what became of it.
void compareRowSums(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t read = 0, found = 0;
  for (const auto& [name, count] : counts) {
    const bool row = (name.starts_with("rows.") && !name.starts_with("rows.diagnoses")) || name.starts_with("static.");
    if (name == "rows.patients.values") {
      read += count;
      continue;
    }
    if (row && name.ends_with(".total"))
      read += count;
    else if (row)
      found += count;
  }
  QCOMPARE(found, read);
}

std::int64_t countOf(const ImportReport& report, const std::string& name) {
  const auto count = report.counts.find(name);
  return count == report.counts.end() ? 0 : count->second;
}

}  // namespace

class TestImportMimic : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void staysAndLabels();
  void absurdAges();
  void firstTask_data();
  void firstTask();
  void conditions();
  void windowBorders();
  void labsGoToTheirStay();
  void everyRowCountedOnce();
  void units_data();
  void units();
  void repeatedValues();
  void paperModality();
  void clinicalModalities();
  void bodyMeasures();
  void rowOrderDoesNotMatter();
  void plainFilesServeToo();
  void staysOfAPersonStayTogether();
  void mappedVariables();
};

void TestImportMimic::staysAndLabels() {
  MimicFixture mimic;
  mimic.addHeartRates();
  const auto report = mimic.import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::map<std::string, std::int64_t> expected = {{"stays.total", 13},
                                                        {"stays.kept", 6},
                                                        {"stays.left_out.under_48h", 1},
                                                        {"stays.left_out.died_within_48h", 1},
                                                        {"stays.left_out.under_18", 1},
                                                        {"stays.left_out.no_times", 1},
                                                        {"stays.left_out.unknown_admission", 1},
                                                        {"stays.left_out.unknown_subject", 1},
                                                        {"stays.left_out.no_measurement", 1},
                                                        {"label.ihm.positive", 2},
                                                        {"label.ihm.negative", 4},
                                                        {"label.los.positive", 2},
                                                        {"label.los.negative", 4}};
  for (const auto& [name, count] : expected) QVERIFY2(countOf(*report, name) == count, name.c_str());
  const std::map<std::int64_t, std::pair<float, float>> labels = {{30000001, {0, 1}}, {30000003, {0, 0}},
                                                                  {30000004, {0, 1}}, {30000005, {1, 0}},
                                                                  {30000007, {0, 0}}, {30000013, {1, 0}}};
  const CohortPtr cohort = mimic.imported();
  QCOMPARE(cohort->stays()->size(), labels.size());
  for (const auto& [stay, label] : labels) {
    const SamplePtr sample = cohort->read(stay).value();
    QCOMPARE(sample->labels.at("ihm").front(), label.first);
    QCOMPARE(sample->labels.at("los").front(), label.second);
    QVERIFY(std::isnan(sample->labels.at("pheno").front()));  // nobody coded a diagnosis
  }
}

void TestImportMimic::absurdAges() {
  MimicFixture mimic;
  mimic.addHeartRates();
  std::string& patients = mimic.tables.at("hosp/patients");
  const std::string header = patients.substr(0, patients.find('\n') + 1);
  patients = header + "1,F,,2150,,\n" + "3,F,60,-9223372036854775808,,\n" + "4,M,60,9223372036854775807,,\n" +
             "5,F,300,2150,,\n" + "13,F,60,2150,,\n";
  const auto report = mimic.import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QCOMPARE(countOf(*report, "stays.kept"), 1);
  QCOMPARE(countOf(*report, "stays.left_out.no_age"), 4);  // person 1 has two stays
  QCOMPARE(countOf(*report, "stays.left_out.under_18"), 1);
}

void TestImportMimic::firstTask_data() {
  QTest::addColumn<QString>("task");
  QTest::addColumn<QStringList>("order");
  QTest::newRow("ihm") << "ihm" << QStringList{"ihm", "los", "pheno"};
  QTest::newRow("los") << "los" << QStringList{"los", "ihm", "pheno"};
  QTest::newRow("pheno") << "pheno" << QStringList{"pheno", "ihm", "los"};
}

void TestImportMimic::firstTask() {
  QFETCH(QString, task);
  QFETCH(QStringList, order);
  MimicFixture mimic;
  mimic.addHeartRates();
  QVERIFY(mimic.import({{"task", task.toStdString()}}));
  QStringList names;
  const CohortPtr cohort = mimic.imported();
  for (const CohortTask& found : cohort->info().tasks) names << QString::fromStdString(found.name);
  QCOMPARE(names, order);
  QCOMPARE(cohort->stays()->size(), 6U);  // the same stays, whatever the task
}

void TestImportMimic::conditions() {
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.addDiagnosis(13, "5849", 9);
  mimic.addDiagnosis(13, "I10", 10);   // both versions in one admission
  mimic.addDiagnosis(14, "N179", 10);  // the same by the other version
  mimic.addDiagnosis(15, "Z66", 10);   // none of the 25
  mimic.addDiagnosis(14, "5849", 11);  // there is no such version
  mimic.addDiagnosis(999, "5849", 9);  // no ICU stay
  const auto report = mimic.import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortPtr cohort = mimic.imported();
  const auto task = std::ranges::find(cohort->info().tasks, "pheno", &CohortTask::name);
  const auto has = [&](std::int64_t stay, const std::string& condition) {
    const auto at = std::ranges::find(task->labels, condition) - task->labels.begin();
    return cohort->read(stay).value()->labels.at("pheno").at(static_cast<std::size_t>(at)) == 1;
  };
  QCOMPARE(task->labels.size(), 25U);
  QVERIFY(has(30000003, "Acute and unspecified renal failure") && has(30000003, "Essential hypertension"));
  QVERIFY(has(30000004, "Acute and unspecified renal failure") && !has(30000004, "Essential hypertension"));
  const SamplePtr healthy = cohort->read(30000005).value();
  for (const float label : healthy->labels.at("pheno")) QCOMPARE(label, 0.0F);
  QVERIFY(std::isnan(cohort->read(30000001).value()->labels.at("pheno").front()));
  QCOMPARE(countOf(*report, "rows.diagnoses.total"), 6);
  QCOMPARE(countOf(*report, "rows.diagnoses.condition"), 3);
  QCOMPARE(countOf(*report, "rows.diagnoses.other"), 1);
  QCOMPARE(countOf(*report, "rows.diagnoses.unknown_version"), 1);
  QCOMPARE(countOf(*report, "rows.diagnoses.no_stay"), 1);
}

void TestImportMimic::windowBorders() {
  MimicFixture mimic;
  mimic.addChart(30000003, -1.0 / 3600, 220045, "177");
  mimic.addChart(30000003, 0, 220045, "70");
  mimic.addChart(30000003, 48, 220045, "90");
  mimic.addChart(30000003, 48 + 1.0 / 3600, 220045, "177");
  mimic.addLab(3, -1.0 / 3600, 50971, "9.9");
  mimic.addLab(3, 0, 50971, "4");
  mimic.addLab(3, 48, 50971, "5");
  mimic.addLab(3, 48 + 1.0 / 3600, 50971, "9.9");
  const auto report = mimic.import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::vector<Observation> rates = {{0, 70}, {48, 90}}, potassium = {{0, 4}, {48, 5}};
  QVERIFY(valuesOf(mimic.imported(), 30000003, "heart_rate") == rates);
  QVERIFY(valuesOf(mimic.imported(), 30000003, "potassium") == potassium);
  QCOMPARE(countOf(*report, "rows.chartevents.outside_window"), 2);
  QCOMPARE(countOf(*report, "rows.labevents.outside_window"), 2);
}

void TestImportMimic::labsGoToTheirStay() {
  MimicFixture mimic;
  mimic.addLab(1, 5, 50971, "4");            // a laboratory row names no stay: the person's first
  mimic.addLab(1, 6, 50971, "5", "", 2152);  // and the second
  mimic.addLab(1, 300, 50971, "9.9");        // between them
  mimic.addLab(2, 5, 50971, "9.9");          // a person whose stay is left out
  mimic.addLab(77, 5, 50971, "9.9");         // a person without a stay
  const auto report = mimic.import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QVERIFY(valuesOf(mimic.imported(), 30000001, "potassium") == (std::vector<Observation>{{5, 4}}));
  QVERIFY(valuesOf(mimic.imported(), 30000007, "potassium") == (std::vector<Observation>{{6, 5}}));
  QCOMPARE(countOf(*report, "rows.labevents.no_stay"), 2);
  QCOMPARE(countOf(*report, "rows.labevents.outside_window"), 1);
}

void TestImportMimic::everyRowCountedOnce() {
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.addChart(30000002, 1, 220045, "80");         // stay left out
  mimic.addChart(39999999, 1, 220045, "80");         // no such stay
  mimic.addChart(30000001, 1, 999999, "80");         // no such item
  mimic.addChart(30000001, 1, 223761, "98");         // not in the paper's set
  mimic.addChart(30000001, 2, 220045, "");           // text only
  mimic.addChart(30000001, 3, 220045, "fast");       // no number
  mimic.addChart(30000001, 4, 220045, "8000");       // absurd
  mimic.addChart(30000001, 5, 220045, "80", "1/h");  // another unit
  mimic.addChart(30000001, 60, 220045, "80");        // too late
  mimic.addChart(30000001, 1, 220045, "80", "bpm");  // again
  mimic.addChart(30000001, 1, 220045, "81", "bpm");  // again, and another value
  mimic.tables["icu/chartevents"] += "1,1,30000001,,yesterday,,220045,80,80,bpm,0\n";
  const auto report = mimic.import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const std::map<std::string, std::int64_t> expected = {{"rows.chartevents.total", 18},
                                                        {"rows.kept", 6},
                                                        {"rows.chartevents.stay_left_out", 1},
                                                        {"rows.chartevents.unknown_stay", 1},
                                                        {"rows.chartevents.other_item", 2},
                                                        {"rows.chartevents.empty", 1},
                                                        {"rows.chartevents.no_number", 1},
                                                        {"rows.chartevents.no_time", 1},
                                                        {"rows.chartevents.outside_window", 1},
                                                        {"rows.implausible.heart_rate", 1},
                                                        {"rows.unit.heart_rate", 1},
                                                        {"rows.repeated.same_value", 1},
                                                        {"rows.repeated.other_value", 1}};
  for (const auto& [name, count] : expected) QVERIFY2(countOf(*report, name) == count, name.c_str());
  compareRowSums(report->counts);
  QVERIFY(mimic.imported()->info().importCounts == report->counts);
}

void TestImportMimic::units_data() {
  QTest::addColumn<int>("item");
  QTest::addColumn<QString>("value");
  QTest::addColumn<QString>("unit");
  QTest::addColumn<QString>("variable");
  QTest::addColumn<double>("expected");  // NaN = skipped for its unit

  QTest::newRow("Fahrenheit by its item") << 223761 << "98.6"
                                          << ""
                                          << "temperature" << 37.0;
  QTest::newRow("Fahrenheit by its unit") << 223761 << "98.6"
                                          << "°F"
                                          << "temperature" << 37.0;
  QTest::newRow("Celsius") << 223762 << "37.5"
                           << "°C"
                           << "temperature" << 37.5;
  QTest::newRow("the row's unit stands above the item's") << 223761 << "37.5"
                                                          << "°C"
                                                          << "temperature" << 37.5;
  QTest::newRow("oxygen in percent") << 223835 << "40"
                                     << ""
                                     << "fio2" << 40.0;
  QTest::newRow("oxygen as a fraction") << 223835 << "0.4"
                                        << ""
                                        << "fio2" << 40.0;
  QTest::newRow("pure oxygen as a fraction") << 223835 << "1"
                                             << ""
                                             << "fio2" << 100.0;
  QTest::newRow("pounds by the item") << 226531 << "220"
                                      << ""
                                      << "weight" << 99.7903;
  QTest::newRow("kilograms") << 226512 << "99.5"
                             << "kg"
                             << "weight" << 99.5;
  QTest::newRow("inches") << 226707 << "70"
                          << "Inch"
                          << "height" << 177.8;
  QTest::newRow("centimetres") << 226730 << "178"
                               << "cm"
                               << "height" << 178.0;
  QTest::newRow("MCHC in percent") << 51249 << "33"
                                   << "%"
                                   << "mchc" << 33.0;
  QTest::newRow("creatinine in micromoles") << 50912 << "176.84"
                                            << "umol/L"
                                            << "creatinine" << 2.0;
  QTest::newRow("small letters") << 51222 << "9.5"
                                 << "g/dl"
                                 << "hemoglobin" << 9.5;
  QTest::newRow("millimoles of an ion with one charge") << 50971 << "4.1"
                                                        << "mmol/L"
                                                        << "potassium" << 4.1;
  QTest::newRow("kilopascals") << 50818 << "5"
                               << "kPa"
                               << "pco2" << 37.5031;
  QTest::newRow("an unknown unit") << 50912 << "2"
                                   << "g/L"
                                   << "creatinine" << std::nan("");
  QTest::newRow("magnesium in millimoles is not known") << 50960 << "0.8"
                                                        << "mmol/L"
                                                        << "magnesium" << std::nan("");
}

void TestImportMimic::units() {
  QFETCH(int, item);
  QFETCH(QString, value);
  QFETCH(QString, unit);
  QFETCH(QString, variable);
  QFETCH(double, expected);
  MimicFixture mimic;
  mimic.addHeartRates();
  if (item > 100000)
    mimic.addChart(30000003, 2, item, value.toStdString(), unit.toStdString());
  else
    mimic.addLab(3, 2, item, value.toStdString(), unit.toStdString());
  const auto report = mimic.import({{"group", "clinical"}});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const auto values = valuesOf(mimic.imported(), 30000003, variable.toStdString());
  QCOMPARE(countOf(*report, "rows.unit." + variable.toStdString()), std::isnan(expected) ? 1 : 0);
  QCOMPARE(values.size(), std::isnan(expected) ? 0U : 1U);
  if (!std::isnan(expected)) QVERIFY(std::abs(values.front().value - expected) < 1e-3);
}

void TestImportMimic::repeatedValues() {
  MimicFixture mimic;
  mimic.addChart(30000003, 2, 223762, "37", "°C");
  mimic.addChart(30000003, 2, 223761, "100", "°F");  // same variable and time, another item: the first stands
  mimic.addOutput(30000003, 4, 226559, "100");
  mimic.addOutput(30000003, 4, 226564, "50");  // another outlet at the same time
  mimic.addOutput(30000003, 5, 226559, "30");
  const auto report = mimic.import({{"group", "clinical"}});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QVERIFY(valuesOf(mimic.imported(), 30000003, "temperature") == (std::vector<Observation>{{2, 37}}));
  QVERIFY(valuesOf(mimic.imported(), 30000003, "urine") == (std::vector<Observation>{{4, 150}, {5, 30}}));
  QCOMPARE(countOf(*report, "rows.repeated.other_value"), 1);
  QCOMPARE(countOf(*report, "rows.repeated.merged"), 1);
  compareRowSums(report->counts);
}

void TestImportMimic::paperModality() {
  MimicFixture mimic;
  mimic.addHeartRates();
  QVERIFY(mimic.import());
  const CohortPtr cohort = mimic.imported();
  const CohortInfo& info = cohort->info();
  QCOMPARE(info.modalities.size(), 1U);
  QCOMPARE(info.modalities.front().name, std::string("ts"));
  QCOMPARE(info.modalities.front().variables.size(), 30U);
  QCOMPARE(info.windowHours, 48.0);
}

void TestImportMimic::clinicalModalities() {
  MimicFixture mimic;
  mimic.addHeartRates();
  QVERIFY(mimic.import({{"group", "clinical"}}));
  QStringList names;
  std::size_t series = 0;
  const CohortPtr cohort = mimic.imported();
  for (const CohortModality& modality : cohort->info().modalities) {
    names << QString::fromStdString(modality.name);
    if (modality.kind == ModalityKind::Series) series += modality.variables.size();
  }
  QCOMPARE(names,
           (QStringList{"vitals", "neuro", "chemistry", "haematology", "arterial", "gas", "liver", "urine", "body"}));
  QCOMPARE(series, 45U);
}

void TestImportMimic::bodyMeasures() {
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.addChart(30000007, 3, 226512, "81.5", "kg");
  const auto report = mimic.import({{"group", "clinical"}});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortPtr cohort = mimic.imported();
  QVERIFY(valuesOf(cohort, 30000001, "age") == (std::vector<Observation>{{0, 60}}));
  QVERIFY(valuesOf(cohort, 30000007, "age") == (std::vector<Observation>{{0, 62}}));  // two years after the anchor
  QVERIFY(valuesOf(cohort, 30000007, "sex") == (std::vector<Observation>{{0, 0}}));
  QVERIFY(valuesOf(cohort, 30000004, "sex") == (std::vector<Observation>{{0, 1}}));
  QVERIFY(valuesOf(cohort, 30000007, "weight") == (std::vector<Observation>{{0, 81.5F}}));
  QCOMPARE(countOf(*report, "rows.patients.values"), 12);
}

void TestImportMimic::rowOrderDoesNotMatter() {
  MimicFixture mimic;
  mimic.addHeartRates();
  for (int hour = 2; hour < 40; ++hour) {
    mimic.addChart(30000003, hour, 220045, std::to_string(60 + hour), "bpm");
    mimic.addChart(30000001, hour + 0.5, 220210, std::to_string(10 + hour), "insp/min");
    mimic.addLab(4, hour + 0.25, 50912, std::to_string(hour), "mg/dL");
  }
  QVERIFY(mimic.import());
  const std::string bytes = readBytes(mimic.output());
  for (const char* table : {"icu/chartevents", "hosp/labevents", "icu/icustays", "hosp/admissions", "hosp/patients"}) {
    QStringList lines = QString::fromStdString(mimic.tables.at(table)).split('\n', Qt::SkipEmptyParts);
    std::reverse(lines.begin() + 1, lines.end());
    mimic.tables[table] = (lines.join('\n') + '\n').toStdString();
  }
  QVERIFY(mimic.import());
  QVERIFY(readBytes(mimic.output()) == bytes);
}

void TestImportMimic::plainFilesServeToo() {
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.write(false);
  const auto report = runImport(mimic.request(), {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QCOMPARE(countOf(*report, "stays.kept"), 6);
}

void TestImportMimic::staysOfAPersonStayTogether() {
  MimicFixture mimic;
  for (int person = 100; person < 160; ++person) {
    mimic.addPatient(person);
    for (int k = 0; k < 2; ++k) {
      const int stay = 31000000 + person * 2 + k, admission = person * 2 + k;
      mimic.addAdmission(person, admission, k && person % 5 == 0 ? MimicFixture::at(100) : "", k && person % 5 == 0);
      mimic.addStay(person, admission, stay, MimicFixture::at(0), MimicFixture::at(90));
      mimic.addChart(stay, 1, 220045, "80");
    }
  }
  const auto report = mimic.import();
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  std::map<std::int64_t, std::string> parts;
  const std::vector<StaySummary> stays = mimic.imported()->stays().value();
  for (const StaySummary& stay : stays) parts[stay.stayId] = stay.split;
  for (int person = 100; person < 160; ++person)
    QCOMPARE(parts.at(31000000 + person * 2), parts.at(31000000 + person * 2 + 1));
  QVERIFY(countOf(*report, "split.train") > 70 && countOf(*report, "split.test") >= 12);
  QVERIFY(countOf(*report, "split.test.positive") > 0 && countOf(*report, "split.validation.positive") > 0);
}

void TestImportMimic::mappedVariables() {
  MimicFixture mimic;
  mimic.addHeartRates();
  mimic.addLab(3, 2, 51265, "150", "K/uL");
  mimic.addLab(3, 2, 50912, "1", "mg/dL");
  mimic.write();
  ImportRequest request = mimic.request();
  request.modalityOf = {{"platelets", "blood"}, {"creatinine", ""}};
  const auto report = runImport(request, {}, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  const CohortPtr cohort = mimic.imported();
  QCOMPARE(cohort->info().modalities.size(), 2U);
  QCOMPARE(cohort->info().modalities.front().variables.size(), 28U);
  QCOMPARE(valuesOf(cohort, 30000003, "platelets").size(), 1U);
  QCOMPARE(countOf(*report, "rows.variable_left_out"), 1);
  compareRowSums(report->counts);
}

QTEST_GUILESS_MAIN(TestImportMimic)
#include "tst_import_mimic.moc"
