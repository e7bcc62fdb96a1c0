// intervene, mechanism, gates and predict --change on the bundled models.
#include <QJsonArray>
#include <QtTest>
#include <cmath>

#include "program_run.h"

using fusemoe::test::Outcome;
using fusemoe::test::run;

namespace {

const QString kResources = QStringLiteral(FUSEMOE_SOURCE_DIR "/resources/");
const QStringList kNafld{"--model",  kResources + "models/nafld-permod-laplace.safetensors",
                         "--cohort", kResources + "cohorts/nafld.sqlite",
                         "--stay",   "4"};
const QString kIhm = kResources + "models/icu-synthetic-ihm-permod-laplace.safetensors";
const QString kPheno = kResources + "models/icu-synthetic-pheno-permod-laplace.safetensors";

double first(const QJsonValue& numbers) {
  return numbers.toArray().at(0).toDouble(NAN);
}
double predicted(const QStringList& more) {
  return first(run(QStringList{"predict", "--json"} + kNafld + more).json()["probability"]);
}
/// Largest Jensen–Shannon divergence over layers and routers.
double largestChange(const QJsonValue& change) {
  double most = -1;
  for (const QJsonValue& layer : change.toArray())
    for (const QJsonValue& router : layer.toArray())
      most = std::max(most, router["dense"]["jensen_shannon"].toDouble(NAN));
  return most;
}

}  // namespace

class TestCliIntervene : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void interveneTellsBeforeAndAfter() {
    const QString change = "knock-out *:1; top-k 1; gate softmax";
    const Outcome outcome =
        run(QStringList{"intervene", "--json", "--change", change, "--mask", "lipids,body"} + kNafld);
    QCOMPARE(outcome.status, 0);
    const QJsonObject document = outcome.json();
    QCOMPARE(document["change"].toString(), change);
    QCOMPARE(document["masked"].toArray(), (QJsonArray{"lipids", "body"}));
    QCOMPARE(document["missing"].toArray(), (QJsonArray{"lipids", "body"}));
    QVERIFY(std::abs(first(document["before"]) - predicted({"--mask", "lipids,body"})) < 1e-6);
    QVERIFY(std::abs(first(document["after"]) - predicted({"--mask", "lipids,body", "--change", change})) < 1e-6);
    QVERIFY(std::abs(first(document["after"]) - first(document["before"]) - first(document["difference"])) < 1e-9);
    QVERIFY(first(document["difference"]) != 0);
    QCOMPARE(document["gate"]["trained"].toBool(true), false);
    QCOMPARE(document["gate"]["trained_with"].toString(), QString("laplace"));
    QCOMPARE(document["routing_change"].toArray().size(), 2);
    QCOMPARE(document["routing_change"][0].toArray().size(), 5);
    QVERIFY(largestChange(document["routing_change"]) > 0 && largestChange(document["routing_change"]) < std::log(2.0));
  }

  void aSwapLeavesTheFirstLayersRouting() {
    const QJsonObject document = run(QStringList{"intervene", "--json", "--change", "swap 1:1:2"} + kNafld).json();
    QVERIFY(largestChange(QJsonArray{document["routing_change"][0]}) == 0);
    QCOMPARE(document["gate"]["trained"].toBool(false), true);
  }

  void theBannerIsForAnotherGateOnly() {
    const QByteArray other = run(QStringList{"intervene", "--change", "gate gaussian"} + kNafld).out;
    const QByteArray same = run(QStringList{"intervene", "--change", "gate laplace"} + kNafld).out;
    QVERIFY(other.contains("NOT TRAINED WITH THIS GATE: the model was trained with laplace"));
    QVERIFY(!same.isEmpty() && !same.contains("NOT TRAINED"));
    QVERIFY(same.contains("+0.0000"));
  }

  void errors_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    const QStringList intervene = QStringList{"intervene"} + kNafld;
    QTest::newRow("no change") << intervene << 2 << QByteArray("--change");
    QTest::newRow("empty change") << intervene + QStringList{"--change", " "} << 1 << QByteArray("no change");
    QTest::newRow("unknown change") << intervene + QStringList{"--change", "kill 1:1"} << 1 << QByteArray("not known");
    QTest::newRow("unknown expert") << intervene + QStringList{"--change", "pin 1:99"} << 1 << QByteArray("expert 99");
    QTest::newRow("unknown layer") << intervene + QStringList{"--change", "pin 9:1"} << 1 << QByteArray("layer 9");
    QTest::newRow("unknown modality") << intervene + QStringList{"--change", "pin 1:1", "--mask", "ecg"} << 1
                                      << QByteArray("ecg");
    QTest::newRow("predict") << QStringList{"predict", "--change", "top-k 13"} + kNafld << 1 << QByteArray("keeps 13");
    QTest::newRow("nothing missing") << QStringList{"mechanism"} + kNafld << 1 << QByteArray("nothing stands for one");
    QTest::newRow("no stay")
        << QStringList{"gates",  "--model", kIhm, "--cohort", kResources + "cohorts/icu-synthetic.sqlite",
                       "--stay", "-5"}
        << 1 << QByteArray("-5");
  }
  void errors() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QByteArray, says);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, status);
    QVERIFY2(outcome.err.contains(says), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
    if (status == 1) QCOMPARE(outcome.err.count('\n'), 1);
  }

  void mechanismComparesWhatStandsForTheMissing() {
    const Outcome outcome = run(QStringList{"mechanism", "--json", "--mask", "liver"} + kNafld);
    QCOMPARE(outcome.status, 0);
    const QJsonObject document = outcome.json();
    QCOMPARE(document["trained_with"].toString(), QString("learned"));
    QCOMPARE(document["missing"].toArray(), QJsonArray{"liver"});
    const QJsonArray rows = document["mechanisms"].toArray();
    QCOMPARE(rows.size(), 4);
    const double trained = predicted({"--mask", "liver"});
    const QStringList names{"as-trained", "learned", "zeros", "training-mean"};
    for (int i = 0; i < 4; ++i) {
      QCOMPARE(rows[i]["mechanism"].toString(), names[i]);
      QCOMPARE(rows[i]["trained"].toBool(), i < 2);
      const double change = first(rows[i]["difference"]);
      QVERIFY(std::abs(first(rows[i]["probability"]) - change - trained) < 1e-6);
      QCOMPARE(change == 0, i < 2);
      QCOMPARE(largestChange(rows[i]["routing_change"]) == 0, i < 2);
    }
    QVERIFY(rows[3]["mean_of_stays"]["liver"].toInt() > 100);
    QVERIFY(std::abs(first(rows[3]["probability"]) -
                     predicted({"--mask", "liver", "--change", "missing training-mean"})) < 1e-6);
    const QByteArray text = run(QStringList{"mechanism", "--mask", "liver"} + kNafld).out;
    QVERIFY(text.contains("as in the model's file") && text.contains("not trained with"));
  }

  void gatesStandSideBySide() {
    const Outcome outcome = run({"gates", "--json", "--model", kIhm + "," + kPheno, "--cohort",
                                 kResources + "cohorts/icu-synthetic.sqlite", "--stay", "1", "--mask", "ts"});
    QVERIFY2(outcome.status == 0, outcome.err.constData());
    const QJsonArray models = outcome.json()["models"].toArray();
    QCOMPARE(models.size(), 2);
    QCOMPARE(models[0]["labels"].toArray().size(), 1);
    QCOMPARE(models[1]["labels"].toArray().size(), 25);
    for (const QJsonValue& model : models) {
      const QJsonArray rows = model["gates"].toArray();
      QCOMPARE(rows.size(), 3);
      int trained = 0;
      for (const QJsonValue& row : rows) {
        const bool own = row["gate"].toString() == "laplace";
        QCOMPARE(row["trained"].toBool(), own);
        trained += own ? 1 : 0;
        QCOMPARE(largestChange(row["routing_change"]) == 0, own);
        for (const QJsonValue& layer : row["kept"].toArray())
          for (const QJsonValue& router : layer.toArray()) {
            double sum = 0;
            for (const QJsonValue& expert : router["top_k"].toArray()) sum += expert["weight"].toDouble();
            QVERIFY(std::abs(sum - 1) < 1e-5);
          }
      }
      QCOMPARE(trained, 1);
    }
    const QByteArray text =
        run({"gates", "--model", kIhm, "--cohort", kResources + "cohorts/icu-synthetic.sqlite", "--stay", "1"}).out;
    QCOMPARE(text.count("NOT TRAINED WITH THIS GATE"), 2);
    QCOMPARE(text.count("trained with it"), 1);
  }

  void predictWithAChange() {
    QCOMPARE(predicted({"--change", ""}), predicted({}));
    QVERIFY(predicted({"--change", "knock-out *:1; knock-out *:2"}) != predicted({}));
    const QJsonObject document = run(QStringList{"predict", "--json", "--change", "top-k 1"} + kNafld).json();
    QCOMPARE(document["change"].toString(), QString("top-k 1"));
  }
};

QTEST_APPLESS_MAIN(TestCliIntervene)
#include "tst_cli_intervene.moc"
