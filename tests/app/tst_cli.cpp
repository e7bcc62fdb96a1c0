#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

#include "program_run.h"

using namespace fusemoe::test;

namespace {

const QString kRoot = FUSEMOE_SOURCE_DIR;
const QString kCohort = kRoot + "/resources/cohorts/nafld.sqlite";
const QString kModel = kRoot + "/resources/models/nafld-permod-laplace.safetensors";
const QString kConfig = kRoot + "/resources/configs/nafld.json";

}  // namespace

/// The contract of the `fusemoe` program: commands, JSON fields, exit status, one clear line on stderr.
class TestCli : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  static QString aStay() {
    static const QString kStay = [] {
      // The first test stay with lipids: its prediction must change when they are masked.
      for (int stay = 1; stay < 200; ++stay) {
        const QJsonObject answer =
            run({"predict", "--json", "--model", kModel, "--cohort", kCohort, "--stay", QString::number(stay)}).json();
        const QJsonArray modalities = answer["modalities"].toArray();
        if (!modalities.isEmpty() && modalities[0].toObject()["state"] == "present") return QString::number(stay);
      }
      return QString();
    }();
    return kStay;
  }

 private Q_SLOTS:
  void usageErrorsExit2_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{"predictt"};
    QTest::newRow("missing options") << QStringList{"predict", "--json"};
    QTest::newRow("unknown option") << QStringList{"cohort", kCohort, "--fast"};
    QTest::newRow("bad number") << QStringList{"predict", "--model", kModel, "--cohort", kCohort, "--stay", "first"};
    QTest::newRow("bad device") << QStringList{"inspect", kModel, "--device", "tpu"};
    QTest::newRow("import what") << QStringList{"import"};
  }
  void usageErrorsExit2() {
    QFETCH(QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(!outcome.err.isEmpty());
  }

  void failuresExit1WithOneLine_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("no model") << QStringList{"inspect", "--json", "/no/model"} << QByteArray("/no/model");
    QTest::newRow("no cohort") << QStringList{"cohort", "/no/cohort"} << QByteArray("/no/cohort");
    QTest::newRow("cohort is a model") << QStringList{"cohort", kModel} << QByteArray("nafld-permod");
    QTest::newRow("model is a cohort") << QStringList{"inspect", kCohort} << QByteArray("nafld.sqlite");
    QTest::newRow("no stay") << QStringList{"predict", "--model", kModel, "--cohort", kCohort, "--stay", "99999999"}
                             << QByteArray("99999999");
    QTest::newRow("unknown modality") << QStringList{"predict", "--model", kModel,   "--cohort", kCohort,
                                                     "--stay",  "1",       "--mask", "ecg"}
                                      << QByteArray("'ecg'");
    QTest::newRow("no parity folder") << QStringList{"parity", "/no/folder"} << QByteArray("/no/folder");
    QTest::newRow("empty parity folder") << QStringList{"parity", kRoot + "/engine"} << QByteArray("No NAME");
    QTest::newRow("config is no JSON") << QStringList{"train", "--cohort", kCohort, "--config",
                                                      kCohort, "--out",    "/tmp/x"}
                                       << QByteArray("JSON");
    QTest::newRow("unknown split") << QStringList{"evaluate", "--model", kModel, "--cohort", kCohort, "--split", "tset"}
                                   << QByteArray("tset");
  }
  void failuresExit1WithOneLine() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, 1);
    QVERIFY(outcome.out.isEmpty());
    const QByteArray last = outcome.err.trimmed().split('\n').last();
    QVERIFY2(last.contains("fusemoe: ") && last.contains(said), last);
  }

  void predictDocument() {
    const Outcome outcome = run({"predict", "--json", "--model", kModel, "--cohort", kCohort, "--stay", aStay()});
    QCOMPARE(outcome.status, 0);
    const QJsonObject answer = outcome.json();
    const double probability = answer["probability"].toArray().at(0).toDouble(-1);
    QVERIFY(probability > 0 && probability < 1);
    QCOMPARE(answer["modalities"].toArray().size(), 5);
    const QJsonArray layers = answer["layers"].toArray();
    QVERIFY(!layers.isEmpty());
    for (const QJsonValue& layer : layers) {
      const QJsonArray routers = layer["routers"].toArray();
      QCOMPARE(routers.size(), 5);
      const int experts = layer["experts"]["importance"].toArray().size();
      QCOMPARE(layer["experts"]["load"].toArray().size(), experts);
      for (const QJsonValue& router : routers) {
        double dense = 0, kept = 0;
        for (const QJsonValue& p : router["dense"].toArray()) dense += p.toDouble();
        for (const QJsonValue& chosen : router["topk"].toArray()) kept += chosen["weight"].toDouble();
        QCOMPARE(router["dense"].toArray().size(), experts);
        QVERIFY(qAbs(dense - 1) < 1e-4 && qAbs(kept - 1) < 1e-4);
      }
      const QJsonObject entropy = layer["entropy"].toObject();
      QCOMPARE(entropy["per_modality"].toArray().size(), 5);
      QVERIFY(qAbs(entropy["mean"].toDouble() - entropy["mixture"].toDouble() - entropy["regularizer"].toDouble()) <
              1e-6);
    }
  }

  void maskingChangesThePrediction() {
    const QStringList base{"predict", "--json", "--model", kModel, "--cohort", kCohort, "--stay", aStay()};
    const QJsonObject full = run(base).json(), masked = run(base + QStringList{"--mask", "lipids"}).json();
    QVERIFY(full["probability"] != masked["probability"]);
    QCOMPARE(masked["modalities"].toArray()[0].toObject()["state"].toString(), QString("masked"));
    QCOMPARE(run(base + QStringList{"--mask", "lipids,lipids"}).json(), masked);
    QCOMPARE(run(base + QStringList{"--threads", "1"}).json()["layers"].toArray()[0].toObject()["experts"],
             full["layers"].toArray()[0].toObject()["experts"]);
  }

  void cohortDocument() {
    const QJsonObject answer = run({"cohort", "--json", kCohort}).json();
    QCOMPARE(answer["stays"].toInt(), 10676);
    QCOMPARE(answer["modalities"].toArray().size(), 5);
    int patterns = 0;
    for (const QJsonValue& pattern : answer["patterns"].toArray()) patterns += pattern["n"].toInt();
    QCOMPARE(patterns, 10676);
  }

  void inspectDocument() {
    const QJsonObject answer = run({"inspect", "--json", kModel}).json();
    QCOMPARE(answer["config"]["router"].toString(), QString("permod"));
    QCOMPARE(answer["config"]["gate"].toString(), QString("laplace"));
    QVERIFY(answer["parameters"].toInt() > 10000);
    QVERIFY(answer["bytes"].toInt() < 5 << 20);
  }

  void parityPasses() {
    const Outcome outcome = run({"parity", "--json", kRoot + "/tests/data/parity"});
    if (outcome.json()["arithmetic"] != "reference") QSKIP("no reference BLAS (Debian: libblas3) is installed");
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.json()["passed"].toInt(), 3);
  }

  void parityOfAllReferenceCases() {
    if (!QDir(kRoot + "/../shared/parity").exists())
      QSKIP("../shared/parity is not here; the three copied cases are tested above");
    const Outcome outcome = run({"parity", "--json", kRoot + "/../shared/parity"});
    if (outcome.json()["arithmetic"] != "reference") QSKIP("no reference BLAS (Debian: libblas3) is installed");
    QCOMPARE(outcome.json()["passed"].toInt(), 9);
    QCOMPARE(outcome.status, 0);
  }

  void evaluateDocument() {
    const Outcome outcome =
        run({"evaluate", "--json", "--model", kModel, "--cohort", kCohort, "--split", "test", "--resamples", "200"});
    QCOMPARE(outcome.status, 0);
    const QJsonObject answer = outcome.json();
    const double auroc = answer["auroc"].toDouble();
    const QJsonArray interval = answer["auroc_ci"].toArray();
    QVERIFY(auroc > 0.80 && interval[0].toDouble() < auroc && auroc < interval[1].toDouble());
    QVERIFY(answer["auprc"].toDouble() > 0.3 && answer["f1"].toDouble() > 0.2);
    for (const char* metric : {"auprc", "f1"}) {
      const QJsonArray bounds = answer[QString(metric) + "_ci"].toArray();
      QVERIFY(bounds[0].toDouble() < answer[metric].toDouble() && answer[metric].toDouble() < bounds[1].toDouble());
    }
    QCOMPARE(answer["n"].toInt(), 1602);
    int stays = 0;
    for (const QJsonValue& pattern : answer["patterns"].toArray()) stays += pattern["n"].toInt();
    QCOMPARE(stays, 1602);
  }

  void interruptedTrainingKeepsTheBestSoFar() {
    const QString out = m_folder.filePath("model.safetensors");
    QFile small(m_folder.filePath("small.json"));
    QVERIFY(small.open(QIODevice::WriteOnly));
    small.write(
        R"({"model": {"name": "small", "modalities": [{"name": "body"}], "bins": 2, "width": 4, "heads": 1, "time_width": 2,
      "layers": 1, "experts": 2, "top_k": 1, "expert_hidden": 4}, "training": {"epochs": 100000, "patience": 100000, "batch": 512}})");
    small.close();
    QProcess process;
    process.start(FUSEMOE_PROGRAM,
                  {"train", "--json", "--cohort", kCohort, "--config", small.fileName(), "--out", out});
    QByteArray said;
    // Progress is a line every few seconds where stderr is no terminal; one of a later epoch tells that a first has
    // ended.
    process.setReadChannel(QProcess::StandardError);
    while (!said.contains("AUROC 0.") || said.contains("AUROC 0.0000")) {
      if (!process.waitForReadyRead(60000)) break;
      said = process.readAllStandardError();
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 0);
    const QJsonObject answer = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QVERIFY(answer["stopped"].toBool());
    QVERIFY(QFile::exists(out));
    QCOMPARE(run({"inspect", "--json", out}).status, 0);
  }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
