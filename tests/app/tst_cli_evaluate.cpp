// The contract of `fusemoe evaluate`, `fusemoe generate` and `fusemoe baseline`: JSON fields, options, errors.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "program_run.h"

using namespace fusemoe::test;

namespace {

const QString kRoot = FUSEMOE_SOURCE_DIR;
const QString kCohort = kRoot + "/resources/cohorts/icu-synthetic.sqlite";
const QString kModel = kRoot + "/resources/models/icu-synthetic-ihm-permod-laplace.safetensors";
const QString kOther = kRoot + "/resources/models/icu-synthetic-pheno-permod-laplace.safetensors";
constexpr int kTestStays = 180;

QStringList evaluation(const QStringList& more) {
  return QStringList{"evaluate", "--json", "--model", kModel, "--cohort", kCohort, "--resamples", "100"} + more;
}

int stayCount(const QJsonArray& groups) {
  int stays = 0;
  for (const QJsonValue& group : groups) stays += group["n"].toInt();
  return stays;
}

}  // namespace

class TestCliEvaluate : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void calibrationAndReasons();
  void patternLines();
  void slices();
  void mask();
  void dropCurve();
  void severalModels();
  void failures_data();
  void failures();
  void generate();
};

void TestCliEvaluate::calibrationAndReasons() {
  const QJsonObject answer = run(evaluation({})).json();
  QCOMPARE(answer["n"].toInt(), kTestStays);
  for (const char* metric : {"auroc", "auprc", "f1", "balanced_accuracy", "brier", "ece"}) {
    QVERIFY2(answer[metric].isDouble(), metric);
    QCOMPARE(answer[QString(metric) + "_ci"].toArray().size(), 2);
  }
  QVERIFY(answer["reason"].isNull() && answer["calibration_slope"].isDouble());
  for (const char* curve : {"calibration", "calibration_equal_count"}) {
    QCOMPARE(stayCount(answer[curve].toArray()), kTestStays);
    for (const QJsonValue& bin : answer[curve].toArray()) {
      QVERIFY(bin["low"].toDouble() <= bin["mean_probability"].toDouble() + 1e-6);
      QVERIFY(bin["mean_probability"].toDouble() <= bin["high"].toDouble() + 1e-6);
      QVERIFY(bin["observed_ci"][0].toDouble() <= bin["observed"].toDouble());
    }
  }
  bool oneClass = false;
  for (const QJsonValue& pattern : answer["patterns"].toArray()) {
    QCOMPARE(pattern["auroc"].isNull(), !pattern["reason"].isNull());
    QVERIFY(pattern["n"].isDouble() && pattern["positives"].isDouble());
    for (const char* metric : {"auroc", "auprc"})  // an interval may be missing where few resamples have both classes
      QVERIFY(pattern[metric].isDouble() || pattern[QString(metric) + "_ci"].isNull());
    for (const char* metric : {"brier", "ece"}) {
      QVERIFY2(pattern[metric].isDouble(), metric);
      QCOMPARE(pattern[QString(metric) + "_ci"].toArray().size(), 2);
    }
    oneClass = oneClass || pattern["reason"].toString().contains("one class");
  }
  QVERIFY(oneClass);
}

/// Each pattern's line of the text: n, positives, four metrics with their intervals, names.
void TestCliEvaluate::patternLines() {
  QStringList arguments = evaluation({});
  arguments.removeAll("--json");
  const QString text = QString::fromUtf8(run(arguments).out);
  QVERIFY2(text.contains(QRegularExpression("\\n +n +pos +AUROC +AUPRC +Brier +ECE +present\\n")), qPrintable(text));
  const QString measured = " +0\\.\\d{4} \\[0\\.\\d{4}, [01]\\.\\d{4}\\]";
  QVERIFY2(text.contains(QRegularExpression("\\n +\\d+ +\\d+" + measured.repeated(4) + " +ts")), qPrintable(text));
}

void TestCliEvaluate::slices() {
  const QJsonArray slices =
      run(evaluation({"--slice", "seen=cxr", "--slice", "unseen=-cxr", "--slice", "training=train"}))
          .json()["slices"]
          .toArray();
  QCOMPARE(slices.size(), 3);
  QCOMPARE(slices[0]["name"].toString(), QString("seen"));
  QVERIFY(slices[0]["n"].toInt() > 20);
  QCOMPARE(slices[0]["n"].toInt() + slices[1]["n"].toInt(), kTestStays);
  QCOMPARE(slices[2]["n"].toInt(), 0);  // none of them is in the test split
  QVERIFY(slices[2]["auroc"].isNull() && !slices[2]["reason"].toString().isEmpty());
}

void TestCliEvaluate::mask() {
  const QJsonObject answer = run(evaluation({"--mask", "ts,ecg"})).json();
  QCOMPARE(answer["mask"].toArray().size(), 2);
  for (const QJsonValue& pattern : answer["patterns"].toArray())
    for (const QJsonValue& name : pattern["present"].toArray()) QVERIFY(name == "text" || name == "cxr");
  QVERIFY(answer["auroc"].toDouble() < run(evaluation({})).json()["auroc"].toDouble());
}

void TestCliEvaluate::dropCurve() {
  const QJsonObject answer = run(evaluation({"--drop", "0,0.9", "--seed", "7"})).json();
  const QJsonArray curve = answer["curve"].toArray();
  QCOMPARE(curve.size(), 2);
  QCOMPARE(curve[1]["drop"].toDouble(), 0.9);
  QCOMPARE(curve[0]["auroc"], run(evaluation({})).json()["auroc"]);
  QVERIFY(curve[1]["auroc"].toDouble() < curve[0]["auroc"].toDouble());
  QCOMPARE(run(evaluation({"--drop", "0.9", "--seed", "7"})).json()["auroc"], curve[1]["auroc"]);
  QVERIFY(run(evaluation({"--drop", "0.9", "--seed", "8"})).json()["auroc"] != curve[1]["auroc"]);
}

void TestCliEvaluate::severalModels() {
  const QJsonObject one = run(evaluation({})).json();
  QStringList arguments = evaluation({});
  arguments[3] = kModel + "," + kModel;
  const QJsonObject answer = run(arguments).json();
  QCOMPARE(answer["models"].toArray().size(), 2);
  QCOMPARE(answer["models"][1]["auroc"], one["auroc"]);
  // The same model twice: no deviation, and an ensemble that is the model.
  QCOMPARE(answer["summary"]["auroc"]["mean"].toDouble(), one["auroc"].toDouble());
  QCOMPARE(answer["summary"]["auroc"]["sd"].toDouble(-1), 0.0);
  QCOMPARE(answer["ensemble"]["auroc"], one["auroc"]);
  QCOMPARE(answer["ensemble"]["n"].toInt(), kTestStays);
}

void TestCliEvaluate::failures_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<int>("status");
  QTest::addColumn<QByteArray>("said");
  const auto row = [](const char* name, const QStringList& arguments, int status, const char* said) {
    QTest::newRow(name) << arguments << status << QByteArray(said);
  };
  row("slice without a name", evaluation({"--slice", "cxr"}), 1, "NAME=FILTER");
  row("slice of nothing known", evaluation({"--slice", "x=elephant"}), 1, "elephant");
  row("slice by risk", evaluation({"--slice", "x=risk>0.5"}), 1, "risk");
  row("unknown modality", evaluation({"--mask", "mri"}), 1, "'mri'");
  row("drop above 1", evaluation({"--drop", "1.5"}), 2, "--drop");
  row("drop of a word", evaluation({"--drop", "half"}), 2, "--drop");
  QStringList two = evaluation({});
  two[3] = kModel + "," + kOther;
  row("models of two tasks", two, 1, "another task");
  row("no stays", {"generate", "icu", "--out", "/tmp/fusemoe-none", "--stays", "0"}, 1, "number of stays");
  row("full and a width", {"generate", "icu", "--out", "/tmp/fusemoe-none", "--full", "--ecg-width", "3"}, 2, "--full");
}

void TestCliEvaluate::failures() {
  QFETCH(QStringList, arguments);
  QFETCH(QByteArray, said);
  const Outcome outcome = run(arguments);
  QTEST(outcome.status, "status");
  QVERIFY(outcome.out.isEmpty());
  QVERIFY2(outcome.err.contains(said), outcome.err);
}

void TestCliEvaluate::generate() {
  QTemporaryDir folder;
  const QString out = folder.filePath("icu.sqlite");
  const QJsonObject answer =
      run({"generate", "icu", "--json", "--stays", "20", "--seed", "3", "--out", out, "--full"}).json();
  QCOMPARE(answer["synthetic"].toBool(), true);
  QCOMPARE(answer["counts"]["stays"].toInt(), 20);
  const QJsonObject cohort = run({"cohort", "--json", out}).json();
  QCOMPARE(cohort["stays"].toInt(), 20);
  QCOMPARE(cohort["name"].toString(), QString("icu-synthetic"));
}

QTEST_APPLESS_MAIN(TestCliEvaluate)
#include "tst_cli_evaluate.moc"
