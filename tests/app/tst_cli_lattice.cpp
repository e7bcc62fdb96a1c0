#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <bit>
#include <cmath>
#include <csignal>

#include "cohort_fixture.h"
#include "program_run.h"

using namespace fusemoe::test;

namespace {

const QString kRoot = FUSEMOE_SOURCE_DIR;
const QString kCohort = kRoot + "/resources/cohorts/nafld.sqlite";
const QString kModel = kRoot + "/resources/models/nafld-permod-laplace.safetensors";
const QString kIcuCohort = kRoot + "/resources/cohorts/icu-synthetic.sqlite";
const QString kIcuModel = kRoot + "/resources/models/icu-synthetic-ihm-permod-laplace.safetensors";
const QString kSeveral = kRoot + "/resources/models/icu-synthetic-pheno-permod-laplace.safetensors";
const QStringList kBundled{"--model", kModel, "--cohort", kCohort};

QString joined(const QJsonArray& names) {
  QStringList all;
  for (const QJsonValue& name : names) all << name.toString();
  return all.join(',');
}

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
}

/// Equal lines, but for numbers that differ by rounding: a batch of other stays adds in another order.
bool sameRows(const QByteArray& a, const QByteArray& b) {
  const QStringList one = QString(a).split(QRegularExpression("[,\\n]")),
                    other = QString(b).split(QRegularExpression("[,\\n]"));
  if (one.size() != other.size() || one.size() < 100) return false;
  for (qsizetype i = 0; i < one.size(); ++i)
    if (one[i] != other[i] && !(std::abs(one[i].toDouble() - other[i].toDouble()) < 1e-5)) return false;
  return true;
}

/// A stay of the bundled cohort with three modalities: eight masks, each of which is a run of its own.
QString aRichStay() {
  static const QString kStay = [] {
    const auto cohort = fusemoe::CohortStore::open(kCohort.toStdString());
    if (!cohort) return QString();
    const auto stays = (*cohort)->stays();
    for (const fusemoe::StaySummary& stay : *stays)
      if (std::popcount(stay.present) == 3) return QString::number(stay.stayId);
    return QString();
  }();
  return kStay;
}

}  // namespace

/// `fusemoe lattice`, `check invariance` and `sweep` on the bundled cohorts and models.
class TestCliLattice : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  QString path(const char* name) const { return m_folder.filePath(name); }
  static QStringList sweep(const QString& out, const QStringList& more = {}) {
    return QStringList{"sweep", "--json", "--split", "validation", "--stays", "12", "--out", out} + kBundled + more;
  }

 private Q_SLOTS:
  void latticeEqualsPredict();
  void latticeSums_data();
  void latticeSums();
  void latticeOfChangedModel();
  void latticeAsText();
  void invarianceHolds();
  void sweepEqualsPredict();
  void sweepTakesListsOfMasks();
  void sweepOfAnotherCohortsModalities();
  void resumedEqualsUninterrupted();
  void killedLeavesWhatCanGoOn();
  void placeIsLeftAloneUntilComplete();
  void failures_data();
  void failures();
};

/// Every mask of the lattice against a run of its own with those modalities masked.
void TestCliLattice::latticeEqualsPredict() {
  const QJsonObject answer = run(QStringList{"lattice", "--json", "--stay", aRichStay()} + kBundled).json();
  const QJsonArray masks = answer["masks"].toArray();
  const auto absent = answer["absent"].toArray().size();
  QCOMPARE(answer["modalities"].toArray().size(), 5);
  QCOMPARE(absent, 2);
  QCOMPARE(masks.size(), 1 << (5 - absent));
  QCOMPARE(answer["n"].toInt(), masks.size());
  QStringList seen;
  for (const QJsonValue& mask : masks) {
    const QString names = joined(mask["masked"].toArray());
    QVERIFY(!seen.contains(names));
    seen << names;
    const QJsonObject alone =
        run(QStringList{"predict", "--json", "--stay", aRichStay(), "--mask", names} + kBundled).json();
    const double expected = alone["probability"].toArray().at(0).toDouble(-1);
    QVERIFY2(std::abs(mask["probability"].toDouble(-2) - expected) < 1e-6, qPrintable(names));
  }
}

void TestCliLattice::latticeSums_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::newRow("nafld") << kBundled + QStringList{"--stay", aRichStay()};
  QTest::newRow("nafld, log-odds") << kBundled + QStringList{"--stay", aRichStay(), "--space", "log-odds"};
  QTest::newRow("icu, death") << QStringList{"--model", kIcuModel, "--cohort", kIcuCohort, "--stay", "7"};
  QTest::newRow("icu, one of several") << QStringList{"--model", kSeveral, "--cohort", kIcuCohort,
                                                      "--stay",  "7",      "--output", "Shock"};
}

void TestCliLattice::latticeSums() {
  QFETCH(QStringList, arguments);
  const Outcome outcome = run(QStringList{"lattice", "--json"} + arguments);
  QCOMPARE(outcome.status, 0);
  const QJsonObject answer = outcome.json();
  const double gain = answer["full"].toDouble() - answer["empty"].toDouble();
  double sum = 0;
  for (const QJsonValue& share : answer["shapley"].toObject()) sum += share.toDouble();
  QVERIFY(std::abs(sum - gain) < 1e-6);
  QVERIFY(std::abs(answer["sum_check"].toDouble(1)) < 1e-6);
  QVERIFY(answer["exact"].toBool());
  if (arguments.contains("log-odds")) {
    QCOMPARE(answer["space"].toString(), QString("log-odds"));
    const double p = answer["masks"].toArray().first()["probability"].toDouble();
    QVERIFY(std::abs(answer["full"].toDouble() - std::log(p / (1 - p))) < 1e-4);
  } else {
    QCOMPARE(answer["full"], answer["masks"].toArray().first()["probability"]);
    QCOMPARE(answer["empty"], answer["masks"].toArray().last()["probability"]);
  }
  QVERIFY(std::abs(gain) > 1e-6);
  const QJsonArray matrix = answer["interaction"].toArray();
  const auto modalities = answer["modalities"].toArray().size();
  QCOMPARE(matrix.size(), modalities);
  for (int i = 0; i < modalities; ++i)
    for (int j = 0; j < modalities; ++j) QCOMPARE(matrix[i].toArray()[j], matrix[j].toArray()[i]);
  double moved = 0;
  for (const QJsonValue& layer : answer["experts"].toArray()) {
    for (const QJsonValue& expert : layer.toArray()) {
      double shares = 0;
      for (const QJsonValue& share : expert["shapley"].toObject()) shares += share.toDouble();
      QVERIFY(std::abs(shares - (expert["full"].toDouble() - expert["empty"].toDouble())) < 1e-6);
      QVERIFY(std::abs(expert["sum_check"].toDouble(1)) < 1e-6);
      moved += std::abs(shares);
    }
  }
  QVERIFY(moved > 1e-3);
  if (arguments.contains("Shock")) QCOMPARE(answer["output"].toString(), QString("Shock"));
}

void TestCliLattice::latticeOfChangedModel() {
  const QStringList base = QStringList{"lattice", "--json", "--stay", aRichStay()} + kBundled;
  const Outcome changed = run(base + QStringList{"--change", "top-k 1"});
  QCOMPARE(changed.status, 0);
  QCOMPARE(changed.json()["change"].toString(), QString("top-k 1"));
  QVERIFY(changed.json()["masks"] != run(base).json()["masks"]);
}

void TestCliLattice::latticeAsText() {
  const Outcome outcome = run(QStringList{"lattice", "--stay", aRichStay()} + kBundled);
  QCOMPARE(outcome.status, 0);
  for (const char* said : {"Shapley", "full", "empty", "none", "masks, all", "interaction", "Research use only"})
    QVERIFY2(outcome.out.contains(said), said);
}

void TestCliLattice::invarianceHolds() {
  const Outcome outcome =
      run(QStringList{"check", "invariance", "--json", "--stays", "3", "--stay", aRichStay()} + kBundled);
  QCOMPARE(outcome.status, 0);
  const QJsonObject answer = outcome.json();
  QVERIFY(answer["pass"].toBool());
  QCOMPARE(answer["stays"].toInt(), 3);
  QCOMPARE(answer["rows"].toArray().size(), 10);
  for (const QJsonValue& row : answer["rows"].toArray()) {
    QVERIFY2(row["pass"].toBool(), qPrintable(row["name"].toString()));
    QVERIFY(row["compared"].toInt() >= 18);
    if (row["tolerance"].toDouble() == 0) QCOMPARE(row["max_difference"].toDouble(1), 0.0);
  }
}

/// A stay of the sweep's file against a run of its own.
void TestCliLattice::sweepEqualsPredict() {
  const Outcome outcome = run(sweep(path("equal.csv"), {"--masks", "single"}));
  QCOMPARE(outcome.status, 0);
  const QJsonObject answer = outcome.json();
  QCOMPARE(answer["n"].toInt(), 12);
  QCOMPARE(answer["masks"].toArray().size(), 6);
  QVERIFY(!answer["top"].toArray().isEmpty());
  QVERIFY(!QFile::exists(path("equal.csv.part")));
  const QStringList lines = QString(bytesOf(path("equal.csv"))).split('\n', Qt::SkipEmptyParts);
  QCOMPARE(lines.size(), 1 + 12 * 6 * 2 * 5);  // stays, masks, layers, routers
  for (const int line : {1, 11, 1 + 6 * 10 + 25, int(lines.size()) - 1}) {
    const QStringList cells = lines[line].split(',');
    const QString mask = cells[1] == "none" ? QString() : cells[1];
    const QJsonObject alone =
        run(QStringList{"predict", "--json", "--stay", cells[0], "--mask", mask} + kBundled).json();
    QVERIFY(std::abs(cells[9].toDouble() - alone["probability"].toArray().at(0).toDouble(-1)) < 1e-6);
  }
  for (const QJsonValue& mask : answer["masks"].toArray()) {
    const int n = mask["n"].toInt(-1);
    QVERIFY(n >= 0 && n <= 12);
    QCOMPARE(mask["mean_drift"].isNull(), n == 0);
    if (n == 0) continue;
    const QJsonObject drift = mask["mean_drift"].toObject();
    QVERIFY(drift["value"].toDouble() >= drift["low"].toDouble() &&
            drift["value"].toDouble() <= drift["high"].toDouble());
    QVERIFY(drift["value"].toDouble() > 0 && drift["high"].toDouble() <= std::log(2.0));
  }
}

void TestCliLattice::sweepTakesListsOfMasks() {
  const Outcome outcome = run(sweep(path("list.sqlite"), {"--masks", "body; lipids, body;none;body"}));
  QCOMPARE(outcome.status, 0);
  const QJsonArray masks = outcome.json()["masks"].toArray();
  QCOMPARE(masks.size(), 3);
  QCOMPARE(joined(masks[0]["masked"].toArray()), QString());
  QCOMPARE(joined(masks[1]["masked"].toArray()), QString("body"));
  QCOMPARE(joined(masks[2]["masked"].toArray()), QString("lipids,body"));
  QVERIFY(bytesOf(path("list.sqlite")).startsWith("SQLite format 3"));
}

/// A cohort that lacks a modality of the model: it is said, and what nobody has is no number.
void TestCliLattice::sweepOfAnotherCohortsModalities() {
  QVERIFY(QFile::copy(kIcuCohort, path("lacking.sqlite")));
  execSql(path("lacking.sqlite").toStdString(), "UPDATE modality SET name = 'echo' WHERE name = 'ecg'");
  const Outcome outcome = run({"sweep", "--json", "--model", kIcuModel, "--cohort", path("lacking.sqlite"), "--masks",
                               "ecg", "--stays", "3", "--out", path("lacking.csv")});
  QCOMPARE(outcome.status, 0);
  QVERIFY(outcome.err.contains("no modality ecg"));
  QCOMPARE(outcome.json()["lacking"].toArray(), QJsonArray{"ecg"});
  const QJsonValue mask = outcome.json()["masks"].toArray().at(1);
  QCOMPARE(mask["n"].toInt(), 0);
  QVERIFY(mask["mean_drift"].isNull());
}

void TestCliLattice::resumedEqualsUninterrupted() {
  const QStringList masks{"--masks", "lipids;body"};
  QCOMPARE(run(sweep(path("whole.csv"), masks)).status, 0);
  QCOMPARE(run(sweep(path("broken.sqlite"), masks)).status, 0);
  // The file as it is when a sweep breaks off: some stays are whole, it is not complete.
  QVERIFY(QFile::rename(path("broken.sqlite"), path("resumed.csv.part")));
  execSql(path("resumed.csv.part").toStdString(),
          "CREATE TEMP TABLE late AS SELECT DISTINCT stay_id FROM state ORDER BY stay_id LIMIT -1 OFFSET 5; "
          "DELETE FROM state WHERE stay_id IN late; DELETE FROM prediction WHERE stay_id IN late; DELETE FROM drift "
          "WHERE stay_id IN late; UPDATE meta SET value = '0' WHERE key = 'complete'");
  const Outcome refused = run(sweep(path("resumed.csv"), masks));  // without --resume nothing is lost
  QCOMPARE(refused.status, 1);
  QVERIFY(refused.err.contains("--resume"));
  const Outcome other = run(sweep(path("resumed.csv"), {"--masks", "lipids", "--resume"}));
  QCOMPARE(other.status, 1);
  QVERIFY(other.err.contains("another list of masks"));
  const Outcome resumed = run(sweep(path("resumed.csv"), masks + QStringList{"--resume"}));
  QCOMPARE(resumed.status, 0);
  QCOMPARE(resumed.json()["n"].toInt(), 12);
  QVERIFY(bytesOf(path("resumed.csv")).size() > 1000);
  QVERIFY(sameRows(bytesOf(path("resumed.csv")), bytesOf(path("whole.csv"))));
  QVERIFY(!QFile::exists(path("resumed.csv.part")));
}

/// Ctrl-C, and the program's end without warning, as soon as the file is there.
void TestCliLattice::killedLeavesWhatCanGoOn() {
  const QStringList masks{"--masks", "single"};
  QCOMPARE(run(sweep(path("uncut.csv"), masks)).status, 0);
  for (const int signal : {SIGINT, SIGKILL}) {
    const QString out = path(signal == SIGINT ? "int.csv" : "kill.csv");
    QProcess process;
    process.start(FUSEMOE_PROGRAM, sweep(out, masks));
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out + ".part") && QFile(out + ".part").size() > 0, 60000);
    ::kill(static_cast<pid_t>(process.processId()), signal);
    QVERIFY(process.waitForFinished(60000));
    if (signal == SIGINT && process.exitCode() != 0) QVERIFY(process.readAllStandardError().contains("--resume"));
    if (!QFile::exists(out)) {
      QVERIFY(QFile::exists(out + ".part"));
      QCOMPARE(run(sweep(out, masks + QStringList{"--resume"})).status, 0);
    }
    QVERIFY(sameRows(bytesOf(out), bytesOf(path("uncut.csv"))));
  }
}

void TestCliLattice::placeIsLeftAloneUntilComplete() {
  writeBytes(path("kept.csv").toStdString(), "before");
  QCOMPARE(run(sweep(path("kept.csv"), {"--masks", "nothing"})).status, 1);
  QCOMPARE(bytesOf(path("kept.csv")), QByteArray("before"));
  QCOMPARE(run(sweep(path("kept.csv"), {"--masks", "none"})).status, 0);
  QVERIFY(bytesOf(path("kept.csv")).startsWith("stay,masked"));
}

void TestCliLattice::failures_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<int>("status");
  QTest::addColumn<QByteArray>("said");
  const QStringList lattice = QStringList{"lattice", "--json"} + kBundled;
  const auto swept = [this](const QStringList& more, const QStringList& files = kBundled) {
    return QStringList{"sweep", "--json", "--stays", "3"} + files + more;
  };
  const QStringList out{"--out", path("failed.csv")};
  QTest::newRow("no stay given") << lattice << 2 << QByteArray("--stay");
  QTest::newRow("unknown space") << lattice + QStringList{"--stay", "1", "--space", "bits"} << 2 << QByteArray("bits");
  QTest::newRow("unknown stay") << lattice + QStringList{"--stay", "99999999"} << 1 << QByteArray("99999999");
  QTest::newRow("unknown output") << lattice + QStringList{"--stay", "1", "--output", "birth"} << 1
                                  << QByteArray("'birth'");
  QTest::newRow("bad change") << lattice + QStringList{"--stay", "1", "--change", "knock-out 1:999"} << 1
                              << QByteArray("fusemoe: ");
  QTest::newRow("nothing to mask") << QStringList{"lattice", "--model", kModel, "--cohort", kIcuCohort, "--stay", "7"}
                                   << 1 << QByteArray("nothing to mask");
  QTest::newRow("check what") << QStringList{"check"} << 2 << QByteArray();
  QTest::newRow("check no stay") << QStringList{"check", "invariance", "--stay", "99999999"} + kBundled << 1
                                 << QByteArray("99999999");
  QTest::newRow("unknown modality") << swept(out + QStringList{"--masks", "lipids;ecg"}) << 1 << QByteArray("'ecg'");
  QTest::newRow("empty mask") << swept(out + QStringList{"--masks", "lipids;"}) << 1 << QByteArray("''");
  QTest::newRow("unknown split") << swept(out + QStringList{"--split", "tset"}) << 1 << QByteArray("tset");
  QTest::newRow("other modalities") << swept(out, {"--model", kIcuModel, "--cohort", kCohort}) << 1
                                    << QByteArray("none of the modalities");
  QTest::newRow("kind of file") << swept({"--out", path("failed.txt")}) << 1 << QByteArray(".csv");
  QTest::newRow("no folder") << swept({"--out", "/no/folder/x.csv"}) << 1 << QByteArray("/no/folder");
  QTest::newRow("a folder") << swept({"--out", path("")}) << 1 << QByteArray("fusemoe: ");
}

void TestCliLattice::failures() {
  QFETCH(QStringList, arguments);
  QFETCH(int, status);
  QFETCH(QByteArray, said);
  const Outcome outcome = run(arguments);
  QCOMPARE(outcome.status, status);
  QVERIFY(outcome.out.isEmpty());
  QVERIFY2(outcome.err.contains(said), outcome.err);
  if (status == 1) QVERIFY2(outcome.err.trimmed().split('\n').last().startsWith("fusemoe: "), outcome.err);
  QVERIFY(!QFile::exists(path("failed.csv")) && !QFile::exists(path("failed.csv.part")));
}

QTEST_GUILESS_MAIN(TestCliLattice)
#include "tst_cli_lattice.moc"
