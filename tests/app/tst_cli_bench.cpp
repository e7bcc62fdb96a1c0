#include <QJsonArray>
#include <QtTest>
#include <csignal>

#include "program_run.h"

using namespace fusemoe::test;

namespace {

const QString kRoot = FUSEMOE_SOURCE_DIR;
const QString kModel = kRoot + "/resources/models/nafld-permod-laplace.safetensors";

QJsonObject rowNamed(const QJsonObject& answer, const QString& name) {
  for (const QJsonValue& row : answer["rows"].toArray())
    if (row.toObject()["name"] == name) return row.toObject();
  return {};
}

}  // namespace

/// `fusemoe bench` measures and says what; how fast it is, no test asks.
class TestCliBench : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void groups_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("number");
    QTest::newRow("open") << QStringList{"open"} << "open.first"
                          << "grown_file_bytes";
    QTest::newRow("predict") << QStringList{"predict"} << "predict.warm"
                             << "distinct_experts";
    QTest::newRow("predict, stays invented") << QStringList{"predict", "--model", kModel} << "predict.warm"
                                             << "expert_bytes";
    QTest::newRow("masks") << QStringList{"masks"} << "masks"
                           << "over_one_mask";
    QTest::newRow("cohort") << QStringList{"cohort"} << "cohort"
                            << "stays_per_second";
  }
  void groups() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, row);
    QFETCH(QString, number);
    const Outcome outcome = run(QStringList{"bench", "--json", "--seconds", "0.01"} + arguments);
    QVERIFY2(outcome.status == 0, outcome.err);
    const QJsonObject answer = outcome.json();
    const QJsonObject floors = answer["floors"].toObject();
    QVERIFY(floors["read_bytes_per_second"].toDouble() > 0 && floors["float32_flop_per_second"].toDouble() > 0);
    QVERIFY(answer["machine"].toObject()["cores"].toInt() > 0);
    QVERIFY(!answer["stopped"].toBool(true));
    const QJsonObject measured = rowNamed(answer, row);
    QVERIFY(measured["n"].toInt() > 0);
    QVERIFY(measured["best_ms"].toDouble() > 0 && measured["best_ms"].toDouble() <= measured["median_ms"].toDouble());
    QVERIFY(measured["floor_ms"].toDouble() > 0 && measured["ratio_to_floor"].toDouble() > 0);
    QVERIFY2(measured.contains(number), qPrintable(number));
  }

  /// libgomp is loaded before main(): it must find its settings then.
  void waitingThreadsSleep() {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("OMP_WAIT_POLICY");
    process.setProcessEnvironment(environment);
    process.start(FUSEMOE_PROGRAM, {"bench", "open", "--json", "--seconds", "0.01"});
    const Outcome outcome = ended(process);
    QCOMPARE(outcome.status, 0);
    const QJsonObject machine = outcome.json()["machine"].toObject();
    QVERIFY(machine["environment"].toArray().contains(QString("OMP_WAIT_POLICY=passive")));
  }

  void interruptedItAnswersWhatItHas() {
    QProcess process;
    process.start(FUSEMOE_PROGRAM, {"bench", "toggle", "--json", "--seconds", "600"});
    process.setReadChannel(QProcess::StandardError);
    QVERIFY(process.waitForReadyRead(60000));  // it listens before it says anything
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const Outcome outcome = ended(process);
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.json()["stopped"].toBool());
  }

  void failuresSayWhatIsWrong_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("unknown group") << QStringList{"bench", "everything"} << 2 << QByteArray("everything");
    QTest::newRow("no time") << QStringList{"bench", "open", "--seconds", "0"} << 2 << QByteArray("seconds");
    QTest::newRow("no model") << QStringList{"bench", "open", "--model", "/no/model"} << 1 << QByteArray("/no/model");
    QTest::newRow("no cohort") << QStringList{"bench", "predict", "--cohort", "/no/cohort"} << 1
                               << QByteArray("/no/cohort");
  }
  void failuresSayWhatIsWrong() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QByteArray, said);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, status);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.err.contains(said), outcome.err);
  }
};

QTEST_GUILESS_MAIN(TestCliBench)
#include "tst_cli_bench.moc"
