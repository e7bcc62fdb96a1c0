#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <csignal>
#include <cstring>
#include <random>

#include "cohort/cohort_writer.h"
#include "program_run.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// A small cohort of a series and a static modality; the label follows the heart rate.
void writeCohort(const QString& path) {
  CohortInfo info;
  info.name = info.title = "small";
  info.description = info.attribution = "invented for a test";
  info.timeUnit = "h";
  info.timeOrigin = "admission";
  CohortModality vitals{"vitals", "Vitals", ModalityKind::Series, 0, {{"hr", "Heart rate", "/min", 60, 100}}};
  CohortModality facts{"facts", "Facts", ModalityKind::Static, 0, {{"age", "Age", "y", NAN, NAN}}};
  info.modalities = {vitals, facts};
  info.tasks = {{"death", "Death", TaskKind::Binary, {"death"}}};
  auto writer = CohortWriter::create(path.toStdString(), info);
  QVERIFY2(writer.has_value(), writer ? "" : writer.error().line().c_str());
  std::mt19937 random(1);
  for (int stay = 1; stay <= 150; ++stay) {
    const auto noise = [&] { return static_cast<float>(random() % 1000) / 100.0F; };
    const bool dies = random() % 3 == 0;
    Sample sample;
    sample.stayId = stay;
    VariableData rate{"hr", {}};
    for (int i = 0; i < 3 + stay % 4; ++i)
      rate.observations.push_back({static_cast<float>(i) * 6, (dies ? 90.0F : 84.0F) + noise()});
    sample.modalities = {{"vitals", ModalityKind::Series, {rate}, {}},
                         {"facts", ModalityKind::Static, {{"age", {{0, 50 + noise()}}}}, {}}};
    if (stay % 5 == 0) sample.modalities[1].variables[0].observations.clear();
    sample.labels["death"] = {dies ? 1.0F : 0.0F};
    const auto added = writer->add(sample, stay <= 70 ? "train" : stay <= 110 ? "validation" : "test");
    QVERIFY2(added.has_value(), added ? "" : added.error().line().c_str());
  }
  QVERIFY(writer->commit({}).has_value());
}

QByteArray bytes(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The weights of a .safetensors file of ours, all float32 after the header.
std::vector<float> weights(const QString& path) {
  const QByteArray content = bytes(path);
  quint64 header = 0;
  if (content.size() < 8) return {};
  std::memcpy(&header, content.data(), 8);
  const auto start = static_cast<qsizetype>(8 + header);
  std::vector<float> values(static_cast<std::size_t>(content.size() - start) / sizeof(float));
  std::memcpy(values.data(), content.data() + start, values.size() * sizeof(float));
  return values;
}

}  // namespace

/// `fusemoe train` as a program: several seeds, killed and gone on, several processes.
class TestCliTrain : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  QString m_cohort, m_config;

  QStringList arguments(const QString& out, const QStringList& more = {}) const {
    return QStringList{"train", "--json", "--cohort", m_cohort, "--config", m_config, "--threads", "1", "--out", out} +
           more;
  }
  static Outcome run(const QStringList& arguments) {
    QProcess process;
    process.start(FUSEMOE_PROGRAM, arguments);
    return ended(process);
  }
  QString path(const char* name) const { return m_folder.filePath(name); }

 private Q_SLOTS:
  void initTestCase() {
    m_cohort = path("small.sqlite");
    m_config = path("small.json");
    writeCohort(m_cohort);
    QFile file(m_config);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"model": {"name": "small", "task": {"name": "death"},
      "modalities": [{"name": "vitals", "utde": true}, {"name": "facts"}], "bins": 4, "width": 8, "heads": 2,
      "time_width": 8, "layers": 1, "experts": 4, "top_k": 2, "expert_hidden": 8,
      "loss": {"balance": 0.05, "entropy": 0.05}},
      "training": {"epochs": 3, "batch": 15, "learning_rate": 0.001, "ema": 0.9, "schedule": "linear", "patience": 1000}})");
  }

  void oneRunLogsItsLosses() {
    const Outcome outcome = run(arguments(path("one.safetensors"), {"--watch", "3"}));
    QVERIFY2(outcome.status == 0, outcome.err);
    const QJsonArray epochs = outcome.json()["epochs"].toArray();
    QCOMPARE(epochs.size(), 3);
    for (const QJsonValue& epoch : epochs) {
      QVERIFY(epoch["validation_auprc"].toDouble() > 0 && epoch["validation_loss"].toDouble() > 0);
      const QJsonObject entropy = epoch["layers"][0]["entropy"].toObject();
      QVERIFY(std::abs(entropy["mean"].toDouble() - entropy["mixture"].toDouble() - entropy["regularizer"].toDouble()) <
              1e-6);
      QCOMPARE(epoch["layers"][0]["expert_load"].toArray().size(), 4);
      QCOMPARE(epoch["watched"]["probability"].toArray().size(), 1);
    }
    QVERIFY(!QFile::exists(path("one.safetensors.checkpoint")));
  }

  void severalSeeds() {
    const Outcome outcome =
        run(arguments(path("many.safetensors"), {"--seeds", "2", "--epochs", "2", "--test", "--resamples", "100"}));
    QVERIFY2(outcome.status == 0, outcome.err);
    const QJsonObject answer = outcome.json();
    const QJsonArray runs = answer["runs"].toArray();
    QCOMPARE(runs.size(), 2);
    double sum = 0;
    for (int i = 0; i < 2; ++i) {
      QCOMPARE(runs[i]["seed"].toInt(), i == 0 ? 32 : 42);
      QCOMPARE(runs[i]["model"].toString(), path(i == 0 ? "many-32.safetensors" : "many-42.safetensors"));
      QVERIFY(QFile::exists(runs[i]["model"].toString()));
      QVERIFY(!QFile::exists(runs[i]["model"].toString() + ".checkpoint"));
      QCOMPARE(runs[i]["test"]["n"].toInt(), 40);
      sum += runs[i]["test"]["auroc"].toDouble();
    }
    const QJsonObject test = answer["summary"].toObject()["test_auroc"].toObject();
    QVERIFY(std::abs(test["mean"].toDouble() - sum / 2) < 1e-12);
    const double apart = runs[0]["test"]["auroc"].toDouble() - runs[1]["test"]["auroc"].toDouble();
    QVERIFY(std::abs(test["sd"].toDouble() - std::abs(apart) / std::sqrt(2.0)) < 1e-9);
    // The same as a run of that seed alone.
    QCOMPARE(run(arguments(path("alone.safetensors"), {"--seed", "42", "--epochs", "2"})).status, 0);
    QVERIFY(bytes(path("alone.safetensors")) == bytes(path("many-42.safetensors")));
  }

  void foldsTestEveryStayOnce() {
    const Outcome outcome =
        run(arguments(path("cv.safetensors"), {"--folds", "3", "--epochs", "2", "--resamples", "100"}));
    QVERIFY2(outcome.status == 0, outcome.err);
    const QJsonArray runs = outcome.json()["runs"].toArray();
    QCOMPARE(runs.size(), 3);
    int tested = 0;
    for (int fold = 0; fold < 3; ++fold) {
      QCOMPARE(runs[fold]["fold"].toInt(), fold + 1);
      QVERIFY(QFile::exists(path("cv-fold") + QString::number(fold + 1) + ".safetensors"));
      tested += runs[fold]["test"]["n"].toInt();
    }
    QCOMPARE(tested, 150);
    const QJsonObject pooled = outcome.json()["pooled"].toObject();
    QCOMPARE(pooled["n"].toInt(), 150);
    QVERIFY(pooled["auroc"].toDouble() > 0);
  }

  void badRequests_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("seed twice") << QStringList{"--seeds", "7,8,7"} << 1 << QByteArray("given twice");
    QTest::newRow("no epochs") << QStringList{"--epochs", "0"} << 1 << QByteArray("training.epochs");
    QTest::newRow("no such stay") << QStringList{"--watch", "9999"} << 1 << QByteArray("9999");
    QTest::newRow("seed and seeds") << QStringList{"--seed", "1", "--seeds", "2,3"} << 2 << QByteArray("--seed");
    QTest::newRow("resume without") << QStringList{"--resume", "--no-checkpoint"} << 2 << QByteArray("--resume");
  }
  void badRequests() {
    QFETCH(QStringList, more);
    QFETCH(int, status);
    QFETCH(QByteArray, said);
    const Outcome outcome = run(arguments(path("bad.safetensors"), more));
    QCOMPARE(outcome.status, status);
    QVERIFY2(outcome.err.contains(said), outcome.err);
    QVERIFY(!QFile::exists(path("bad.safetensors")));
  }

  void killedAndGoneOn() {
    const QStringList long_{"--epochs", "40"};
    QCOMPARE(run(arguments(path("whole.safetensors"), long_)).status, 0);
    const QString out = path("killed.safetensors");
    QProcess process;
    process.start(FUSEMOE_PROGRAM, arguments(out, long_));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out + ".checkpoint"), 100000);
    ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
    QVERIFY(process.waitForFinished(60000));
    QVERIFY2(process.exitStatus() == QProcess::CrashExit, "it had ended before it was killed");
    QVERIFY(!QFile::exists(out));
    const Outcome resumed = run(arguments(out, long_ + QStringList{"--resume"}));
    QVERIFY2(resumed.status == 0, resumed.err);
    QCOMPARE(resumed.json()["epochs"].toArray().size(), 40);
    QVERIFY(!bytes(out).isEmpty());
    QVERIFY(bytes(out) == bytes(path("whole.safetensors")));
    QVERIFY(!QFile::exists(out + ".checkpoint"));
  }

  void mpirunTrainsWhatOneProcessTrains() {
    const QString mpirun = QStandardPaths::findExecutable("mpirun");
    if (mpirun.isEmpty()) QSKIP("mpirun is not installed (Debian: openmpi-bin)");
    QCOMPARE(run(arguments(path("single.safetensors"))).status, 0);
    QProcess process;
    process.start(mpirun,
                  QStringList{"--allow-run-as-root", "--oversubscribe", "-np", "2", "-x",
                              "MASTER_PORT=" + QString::number(20000 + QCoreApplication::applicationPid() % 9000),
                              FUSEMOE_PROGRAM} +
                      arguments(path("double.safetensors")));
    const Outcome outcome = ended(process);
    QVERIFY2(outcome.status == 0, outcome.err);
    QCOMPARE(outcome.json()["epochs"].toArray().size(), 3);  // one document: rank 0 alone answers
    const std::vector<float> one = weights(path("single.safetensors")), two = weights(path("double.safetensors"));
    QVERIFY(one.size() > 1000 && one.size() == two.size());
    double largest = 0;
    for (std::size_t i = 0; i < one.size(); ++i) largest = std::max(largest, std::abs(double(one[i]) - double(two[i])));
    QVERIFY2(largest <= 1e-5, qPrintable(QString::number(largest)));
  }

  void aDeadProcessEndsTheOthers() {
    QProcess members[2];
    const QString out = path("lost.safetensors");
    for (int rank = 0; rank < 2; ++rank) {
      QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
      environment.insert("RANK", QString::number(rank));
      environment.insert("WORLD_SIZE", "2");
      environment.insert("MASTER_ADDR", "127.0.0.1");
      environment.insert("MASTER_PORT", QString::number(30000 + QCoreApplication::applicationPid() % 2000));
      members[rank].setProcessEnvironment(environment);
      members[rank].start(FUSEMOE_PROGRAM, arguments(out, {"--epochs", "100000"}));
    }
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out + ".checkpoint"), 100000);
    ::kill(static_cast<pid_t>(members[1].processId()), SIGKILL);
    const Outcome outcome = ended(members[0]);
    QVERIFY(members[1].waitForFinished(10000));
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.err.contains("Another process of this training ended"), outcome.err);
    QVERIFY(QFile::exists(out + ".checkpoint"));
    QVERIFY(!QFile::exists(out));
  }
};

QTEST_GUILESS_MAIN(TestCliTrain)
#include "tst_cli_train.moc"
