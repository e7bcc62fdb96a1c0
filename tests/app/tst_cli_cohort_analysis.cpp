// The contract of `fusemoe support`, `missingness`, `collapse`, `donors`, `match` and `experts`: JSON fields, options,
// errors, on the bundled models and few stays.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>
#include <cmath>

#include "program_run.h"

using namespace fusemoe::test;

namespace {

const QString kRoot = FUSEMOE_SOURCE_DIR;
const QString kIcu = kRoot + "/resources/cohorts/icu-synthetic.sqlite";
const QString kNafld = kRoot + "/resources/cohorts/nafld.sqlite";
const QString kIhm = kRoot + "/resources/models/icu-synthetic-ihm-permod-laplace.safetensors";
const QString kPheno = kRoot + "/resources/models/icu-synthetic-pheno-permod-laplace.safetensors";
const QString kNafldModel = kRoot + "/resources/models/nafld-permod-laplace.safetensors";

QStringList icu(const QString& command, const QStringList& more, const QString& model = kIhm) {
  return QStringList{command, "--json", "--model", model, "--cohort", kIcu} + more;
}

/// 0 ≤ a value within its interval ≤ most.
void within(const QJsonValue& interval, double value, double least, double most) {
  QCOMPARE(interval.toArray().size(), 2);
  QVERIFY(least <= interval[0].toDouble() && interval[0].toDouble() <= value + 1e-9);
  QVERIFY(value - 1e-9 <= interval[1].toDouble() && interval[1].toDouble() <= most);
}

double sumOf(const QJsonArray& numbers) {
  double sum = 0;
  for (const QJsonValue& number : numbers) sum += number.toDouble();
  return sum;
}

}  // namespace

class TestCliCohortAnalysis : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void support();
  void missingness();
  void collapse();
  void collapseOfOneClass();
  void donors();
  void match();
  void experts();
  void texts_data();
  void texts();
  void failures_data();
  void failures();
};

void TestCliCohortAnalysis::support() {
  const QJsonObject answer = run(icu("support", {"--stay", "5", "--mask", "ts", "--most", "40"})).json();
  QCOMPARE(answer["stay"].toInt(), 5);
  QCOMPARE(answer["mask"].toArray(), QJsonArray{"ts"});
  QVERIFY(!answer["shown"].toArray().contains("ts"));
  QCOMPARE(answer["split"].toString(), QString("train"));
  QCOMPARE(answer["split_stays"].toInt(), 841);
  QCOMPARE(answer["pattern_stays"].toInt(), 0);  // every stay has a time series
  QVERIFY(answer["n"].toInt() >= 20 && answer["n"].toInt() <= 40);
  QCOMPARE(answer["space"].toString(), QString("dense"));
  QVERIFY(answer["distance"].toDouble() > 0 && answer["distance"].toDouble() < 1);
  QVERIFY(answer["percentile"].toDouble() >= 0 && answer["percentile"].toDouble() <= 100);
  QCOMPARE(answer["alarm"].toBool(), answer["percentile"].toDouble() > answer["alarm_percentile"].toDouble());
  QVERIFY(answer["reference_distance"]["median"].toDouble() <= answer["reference_distance"]["p95"].toDouble());
  QVERIFY(answer["misrouted"].isArray() && !answer["note"].toString().isEmpty());
  for (const QJsonValue& one : answer["misrouted"].toArray())
    QVERIFY(!answer["shown"].toArray().contains(one["modality"]));
}

void TestCliCohortAnalysis::missingness() {
  const QJsonObject answer =
      run(icu("missingness", {"--modality", "ecg", "--split", "all", "--most", "80", "--slice", "text"})).json();
  QCOMPARE(answer["modality"].toString(), QString("ecg"));
  QCOMPARE(answer["slice"].toString(), QString("text"));
  QCOMPARE(answer["lacking"].toInt() + answer["having"].toInt(), 80);
  QVERIFY(answer["n"].toInt() >= 10 && answer["n"].toInt() <= answer["lacking"].toInt());
  QVERIFY(answer["controls"].toInt() <= answer["n"].toInt());
  for (const char* which : {"risk", "risk_unmasked", "outcome"}) {
    const QJsonValue difference = answer[which];
    const double value = difference["difference"].toDouble();
    QVERIFY(std::abs(value - (difference["natural"].toDouble() - difference["forced"].toDouble())) < 1e-9);
    within(difference["difference_ci"], value, -1, 1);
  }
  QCOMPARE(answer["risk"]["natural"], answer["risk_unmasked"]["natural"]);
  within(answer["routing_drift_ci"], answer["routing_drift"].toDouble(), 0, std::log(2.0));
  QVERIFY(answer["routing_baseline"].toDouble() > 0);
  for (const QJsonValue& balance : answer["balance"].toArray())
    QVERIFY(!balance["feature"].toString().startsWith("ecg"));
}

void TestCliCohortAnalysis::collapse() {
  const QJsonObject answer =
      run({"collapse", "--json", "--model", kNafldModel, "--cohort", kNafld, "--most", "60"}).json();
  QCOMPARE(answer["n"].toInt(), 60);
  QCOMPARE(answer["modalities"].toArray().size(), 5);
  double shares = 0;
  for (const QJsonValue& modality : answer["modalities"].toArray()) {
    within(modality["attribution_ci"], modality["attribution"].toDouble(), 0, 1);
    QVERIFY(modality["n"].toInt() <= 60);
    shares += modality["share"].toDouble();
  }
  QVERIFY(std::abs(shares - 1) < 1e-9);
  QVERIFY(answer["unimodal"].toDouble() > 0 && answer["unimodal"].toDouble() < 1);
  QCOMPARE(answer["layers"].toArray().size(), 2);
  for (const QJsonValue& layer : answer["layers"].toArray()) {
    QVERIFY(std::abs(sumOf(layer["importance"].toArray()) - 1) < 1e-6);
    QCOMPARE(layer["composition"].toArray().size(), 12);
    QVERIFY(layer["effective_experts"].toDouble() >= 1 && layer["effective_experts"].toDouble() <= 12);
  }
  QCOMPARE(answer["gates"].toArray().size(), 10);
  QCOMPARE(answer["gates"][0]["distance"].toArray().size(), 144);
  QCOMPARE(answer["findings"].toArray().size(), 4);
  for (const QJsonValue& finding : answer["findings"].toArray())
    QVERIFY(!finding["meaning"].toString().isEmpty() && !finding["next"].toString().isEmpty());
}

/// Only the living: no AUROC, and a sentence that says why.
void TestCliCohortAnalysis::collapseOfOneClass() {
  const QJsonObject answer = run(icu("collapse", {"--slice", "-label:death", "--most", "20"})).json();
  QCOMPARE(answer["n"].toInt(), 20);
  for (const QJsonValue& modality : answer["modalities"].toArray()) QVERIFY(modality["auroc_full"].isNull());
  QVERIFY(answer["reason"].toString().contains("not defined"));
}

void TestCliCohortAnalysis::donors() {
  const QJsonObject answer =
      run(icu("donors", {"--stay", "5", "--modality", "ts", "--donors", "7", "--split", "validation"})).json();
  QCOMPARE(answer["n"].toInt(), 7);
  QCOMPARE(answer["donors"].toArray().size(), 7);
  QVERIFY(answer["candidates"].toInt() > 100 && answer["candidates"].toInt() <= 179);
  double before = 0;
  for (const QJsonValue& donor : answer["donors"].toArray()) {
    QVERIFY(donor["distance"].toDouble() >= before);
    before = donor["distance"].toDouble();
    QVERIFY(donor["probability"].toDouble() >= 0 && donor["probability"].toDouble() <= 1);
    QVERIFY(donor["drift"].toDouble() >= 0 && donor["stay"].toInt() != 5);
  }
  within(answer["range"], answer["median"].toDouble(), 0, 1);
  // The patient's own, and without it: as predict says.
  const QStringList predict = {"predict", "--json", "--model", kIhm, "--cohort", kIcu, "--stay", "5"};
  const auto probability = [](const QStringList& arguments) {
    return run(arguments).json()["probability"][0].toDouble();
  };
  QVERIFY(std::abs(answer["recorded"].toDouble() - probability(predict)) < 1e-6);
  QVERIFY(std::abs(answer["without"].toDouble() - probability(predict + QStringList{"--mask", "ts"})) < 1e-6);
}

void TestCliCohortAnalysis::match() {
  const auto matched = [](const QString& model) {
    return run(icu("match", {"--most", "25", "--shuffles", "5"}, model)).json();
  };
  const QJsonObject itself = matched(kIhm + "," + kIhm);
  QCOMPARE(itself["n"].toInt(), 25);
  QCOMPARE(itself["layers"].toArray().size(), 2);
  for (const QJsonValue& layer : itself["layers"].toArray()) {
    QCOMPARE(layer["same_number"].toInt(), 12);
    QCOMPARE(layer["matched"].toDouble(), layer["by_number"].toDouble());
    QVERIFY(layer["chance"].toDouble() <= layer["chance_p95"].toDouble() + 1e-12);
  }
  QVERIFY(itself["verdict"].toString().contains("under the same number"));
  const QJsonObject other = matched(kIhm + "," + kPheno);
  QCOMPARE(other["layers"][0]["similarity"].toArray().size(), 12);
  QVERIFY(!other["verdict"].toString().contains("under the same number"));
}

void TestCliCohortAnalysis::experts() {
  const QJsonObject answer =
      run(icu("experts", {"--most", "12", "--output", "Chronic kidney disease", "--mask", "cxr"}, kPheno)).json();
  QCOMPARE(answer["n"].toInt(), 12);
  QCOMPARE(answer["output"].toString(), QString("Chronic kidney disease"));
  const QJsonArray effects = answer["effects"].toArray();
  QCOMPARE(effects.size(), 24);
  double before = 1, use = 0;
  for (const QJsonValue& effect : effects) {
    QVERIFY(effect["mean_absolute"].toDouble() <= before);
    before = effect["mean_absolute"].toDouble();
    use += effect["use"].toDouble();
    within(effect["mean_ci"], effect["mean"].toDouble(), -1, 1);
    if (effect["use"].toDouble() == 0) QCOMPARE(before, 0.0);
  }
  QVERIFY(effects[0]["mean_absolute"].toDouble() > 0);
  QVERIFY(std::abs(use - 2) < 1e-5);  // each of two layers' weight sums to 1
}

void TestCliCohortAnalysis::texts_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QByteArrayList>("said");
  const auto row = [](const char* name, QStringList arguments, const QByteArrayList& said) {
    arguments.removeAll("--json");
    QTest::newRow(name) << arguments << said;
  };
  row("support", icu("support", {"--stay", "5", "--most", "30"}), {"n = ", "percentile", "dense"});
  row("missingness", icu("missingness", {"--modality", "ecg", "--split", "all", "--most", "60"}),
      {"n = ", "95 % interval", "dense", "outcome"});
  row("collapse", icu("collapse", {"--most", "20"}), {"n = 20", "95 % interval", "experts in effect", "unimodal"});
  row("donors", icu("donors", {"--stay", "5", "--modality", "ecg", "--donors", "3"}), {"n = 3", "10 % to 90 %"});
  row("match", icu("match", {"--most", "20", "--shuffles", "3"}, kIhm + "," + kPheno), {"n = 20", "shuffled"});
  row("experts", icu("experts", {"--most", "5"}), {"n = 5", "95 % interval", "layer expert"});
}

void TestCliCohortAnalysis::texts() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArrayList, said);
  const Outcome outcome = run(arguments);
  QVERIFY2(outcome.status == 0, outcome.err);
  for (const QByteArray& words : said) QVERIFY2(outcome.out.contains(words), outcome.out);
  QVERIFY(!outcome.out.contains("nan"));
}

void TestCliCohortAnalysis::failures_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<int>("status");
  QTest::addColumn<QByteArray>("said");
  const auto row = [](const char* name, const QStringList& arguments, int status, const char* said) {
    QTest::newRow(name) << arguments << status << QByteArray(said);
  };
  row("unknown modality to mask", icu("support", {"--stay", "5", "--mask", "mri"}), 1, "'mri'");
  row("unknown modality", icu("missingness", {"--modality", "mri"}), 1, "It has: ts, ");
  row("everybody has it", icu("missingness", {"--modality", "ts", "--most", "20"}), 1,
      "Every stay of the slice has 'ts'");
  row("too few pairs", icu("missingness", {"--modality", "ecg", "--most", "8"}), 1, "at least 10 are needed");
  row("unknown label", icu("experts", {"--output", "gout"}), 1, "no output 'gout'");
  row("unreadable slice", icu("collapse", {"--slice", "elephant"}), 1, "elephant");
  row("slice by risk", icu("collapse", {"--slice", "risk>0.5"}), 1, "asks for the risk");
  row("empty slice", icu("collapse", {"--slice", "id:99999"}), 1, "No stay of the cohort passes the filter");
  row("slice outside the split", icu("collapse", {"--slice", "train"}), 1, "no stay in split 'test'");
  row("no such split", icu("experts", {"--split", "autumn"}), 1, "no split \"autumn\"");
  row("no such stay", icu("donors", {"--stay", "99999", "--modality", "ts"}), 1, "99999");
  row("nothing to be near in", icu("donors", {"--stay", "5", "--modality", "ts", "--mask", "text,cxr,ecg"}), 1,
      "no other modality");
  row("few reference stays", icu("support", {"--stay", "5", "--slice", "id:112"}), 1, "too few");
  row("models that do not fit", icu("match", {}, kIhm + "," + kNafldModel), 1, "other modalities");
  row("one model", icu("match", {}), 2, "--model");
  row("cohort of another kind", {"collapse", "--json", "--model", kIhm, "--cohort", kNafld}, 1,
      "none of the modalities of the model");
  row("no donors", icu("donors", {"--stay", "5", "--modality", "ts", "--donors", "0"}), 2, "--donors");
}

void TestCliCohortAnalysis::failures() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, said);
  const Outcome outcome = run(arguments);
  QTEST(outcome.status, "status");
  QVERIFY(outcome.out.isEmpty());
  QVERIFY2(outcome.err.contains(said), outcome.err);
}

QTEST_APPLESS_MAIN(TestCliCohortAnalysis)
#include "tst_cli_cohort_analysis.moc"
