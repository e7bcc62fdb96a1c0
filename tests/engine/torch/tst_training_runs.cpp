#include <ATen/ATen.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <future>
#include <memory>

#include "test_model.h"
#include "torch/model/model_file.h"
#include "torch/torch_engine.h"

using namespace fusemoe;

namespace {

/// Keeps what it is told, and asks for a stop after some epoch.
class Listener : public TrainObserver {
 public:
  std::vector<EpochReport> epochs;
  std::vector<StepReport> steps;
  int stopAfter = 0;
  std::stop_source source;
  void stepDone(const StepReport& step) override { steps.push_back(step); }
  void epochDone(const EpochReport& epoch) override {
    epochs.push_back(epoch);
    if (epoch.epoch == stopAfter) source.request_stop();
  }
};

QByteArray bytes(const std::string& path) {
  QFile file(QString::fromStdString(path));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int freePort() {
  static int port = 29600 + static_cast<int>(QCoreApplication::applicationPid() % 2000) * 8;
  return port++;
}

/// Largest difference of two models' weights.
double difference(const std::string& a, const std::string& b) {
  const auto first = openModelFile(a), second = openModelFile(b);
  double largest = 0;
  for (const auto& [name, tensor] : first->parameters)
    largest = std::max(largest, (tensor - second->parameters.at(name)).abs().max().item<double>());
  return largest;
}

}  // namespace

/// Whole runs: gone on after a stop, shared by several processes, told to observers.
class TestTrainingRuns : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::unique_ptr<Engine> m_engine;
  test::MemoryCohort m_cohort{61, 32};  // the last batch is not whole

  TrainRequest request(const char* name, int epochs) const {
    TrainRequest made;
    made.model = test::smallConfig();
    made.model.loss = {0.01, 0.01};
    made.training.epochs = epochs;
    made.training.batch = 8;
    made.training.accumulation = 2;
    made.training.learningRate = 3e-3;
    made.training.schedule = Schedule::Cosine;
    made.training.warmup = 0.2;
    made.training.ema = 0.9;
    made.training.observationDropout = 0.1;
    made.training.patience = 100;
    made.output = m_folder.filePath(name).toStdString();
    made.checkpoint = made.output + ".checkpoint";
    made.seed = 7;
    return made;
  }
  /// Trains to the stop after two epochs.
  void stopAfterTwo(TrainRequest wanted) {
    Listener listener;
    listener.stopAfter = 2;
    wanted.observer = &listener;
    const auto report = m_engine->train(m_cohort, wanted, {}, listener.source.get_token());
    QVERIFY(report.has_value() && report->stopped);
    QVERIFY(QFile::exists(QString::fromStdString(wanted.checkpoint)));
  }
  /// The run by several members of a team, each on a thread of its own as elsewhere in a process of its own.
  std::vector<Result<TrainReport>> trainTogether(const TrainRequest& wanted, int processes,
                                                 const std::function<const SampleSource&(int)>& cohortOf) {
    std::vector<std::future<Result<TrainReport>>> members;
    const int port = freePort();
    for (int rank = 0; rank < processes; ++rank)
      members.push_back(std::async(std::launch::async, [&, rank] {
        TrainRequest own = wanted;
        own.parallel = {rank, processes, "127.0.0.1", port, 60};
        if (rank > 0) own.output = "/no/such/folder/nobody-writes-this";
        return m_engine->train(cohortOf(rank), own, {}, {});
      }));
    std::vector<Result<TrainReport>> reports;
    for (auto& member : members) reports.push_back(member.get());
    return reports;
  }

 private Q_SLOTS:
  void initTestCase() {
    auto engine = TorchEngine::create(Device::Cpu, 1);
    QVERIFY(engine.has_value());
    m_engine.reset(*engine);
  }

  void observersHearEverything() {
    TrainRequest wanted = request("told", 2);
    wanted.watched = m_cohort.validationStays[0];
    Listener listener;
    wanted.observer = &listener;
    const auto report = m_engine->train(m_cohort, wanted, {}, {});
    QVERIFY2(report.has_value(), report ? "" : report.error().line().c_str());
    QCOMPARE(listener.steps.size(), std::size_t(2 * 4));  // 61 stays = 8 batches = 4 updates
    for (std::size_t i = 0; i < listener.steps.size(); ++i) {
      const StepReport& step = listener.steps[i];
      QCOMPARE(step.step, std::int64_t(i + 1));
      QVERIFY(step.gradientNorm > 0 && step.loss > 0);
      QCOMPARE(step.entropy.size(), std::size_t(2));
      for (std::size_t layer = 0; layer < 2; ++layer) {
        QVERIFY(std::abs(step.entropy[layer].mean - step.entropy[layer].mixture - step.entropy[layer].regularizer) <
                1e-9);
        double load = 0;
        for (const double share : step.expertLoad[layer]) load += share;
        QVERIFY(std::abs(load - 1) < 1e-6);
      }
    }
    QCOMPARE(listener.steps[3].fraction, 1.0);
    for (const EpochReport& epoch : listener.epochs) {
      QVERIFY(epoch.validationAuprc > 0 && epoch.validationLoss > 0 && epoch.entropy.size() == 2);
      QVERIFY(epoch.watched && epoch.watched->layers.size() == 2);
    }
    QVERIFY(listener.epochs[0].watched->probability != listener.epochs[1].watched->probability);
    QVERIFY(!QFile::exists(QString::fromStdString(wanted.checkpoint)));
    // What is written is what was watched last, where the last epoch was the best.
    if (report->bestEpoch == 2) {
      const PredictRequest asked{wanted.watched, 0};
      const auto opened = m_engine->open(wanted.output);
      QVERIFY((*opened)->predict({&asked, 1}, {}, {})->front()->probability == listener.epochs[1].watched->probability);
    }
  }

  /// The mean over two batches of 8 is the gradient of one of 16, where no draw and no balance loss tells them apart.
  void accumulationIsOneLargerBatch() {
    for (const bool accumulates : {false, true}) {
      TrainRequest wanted = request(accumulates ? "accumulated" : "whole", 2);
      wanted.training.learningRate = 4e-4;  // rounding grows with the rate
      wanted.training.batch = accumulates ? 8 : 16;
      wanted.training.accumulation = accumulates ? 2 : 1;
      wanted.training.modalityDropout = wanted.training.observationDropout = 0;
      wanted.model.dropout = 0;
      wanted.model.noisyGating = false;
      wanted.model.loss = {0, 0};
      QVERIFY(m_engine->train(m_cohort, wanted, {}, {}).has_value());
    }
    const double apart = difference(request("accumulated", 2).output, request("whole", 2).output);
    QVERIFY2(apart <= 1e-5, qPrintable(QString::number(apart)));
  }

  void resumedRunsEndWithTheSameBytes() {
    const TrainRequest whole = request("uninterrupted", 5);
    const auto expected = m_engine->train(m_cohort, whole, {}, {});
    QVERIFY2(expected.has_value(), expected ? "" : expected.error().line().c_str());
    TrainRequest resumed = request("resumed", 5);
    stopAfterTwo(resumed);
    QVERIFY(bytes(resumed.output) != bytes(whole.output));
    Listener listener;
    resumed.resume = true;
    resumed.keepCheckpoint = true;
    resumed.observer = &listener;
    const auto report = m_engine->train(m_cohort, resumed, {}, {});
    QVERIFY2(report.has_value(), report ? "" : report.error().line().c_str());
    QCOMPARE(listener.steps.size(), std::size_t(3 * 4));
    QCOMPARE(listener.epochs.size(), std::size_t(5));
    for (std::size_t i = 0; i < 5; ++i) {
      QCOMPARE(report->epochs[i].loss, expected->epochs[i].loss);
      QCOMPARE(report->epochs[i].validationAuroc, expected->epochs[i].validationAuroc);
      QCOMPARE(report->epochs[i].entropy[1].mixture, expected->epochs[i].entropy[1].mixture);
    }
    QVERIFY(!bytes(whole.output).isEmpty());
    QVERIFY(bytes(resumed.output) == bytes(whole.output));
    // Finished: nothing is left to train, the same is written again.
    QVERIFY(QFile::remove(QString::fromStdString(resumed.output)));
    resumed.keepCheckpoint = false;
    QVERIFY(m_engine->train(m_cohort, resumed, {}, {}).has_value());
    QVERIFY(bytes(resumed.output) == bytes(whole.output));
    QCOMPARE(listener.steps.size(), std::size_t(3 * 4));
    QVERIFY(!QFile::exists(QString::fromStdString(resumed.checkpoint)));
  }

  void otherRunsAreRefused_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"seed", "configuration", "cohort", "cut", "model", "damaged"}) QTest::newRow(what) << what;
  }
  void otherRunsAreRefused() {
    QFETCH(QString, what);
    TrainRequest wanted = request("other", 4);
    stopAfterTwo(wanted);
    const QByteArray before = bytes(wanted.output);
    wanted.resume = true;
    test::MemoryCohort cohort(61, 32);
    if (what == "seed") wanted.seed = 8;
    if (what == "configuration") wanted.training.learningRate *= 2;
    if (what == "cohort") cohort.trainStays.pop_back();
    QFile file(QString::fromStdString(wanted.checkpoint));
    if (what == "cut") QVERIFY(file.resize(file.size() - 100));
    if (what == "model") {
      QVERIFY(file.remove());
      QVERIFY(QFile::copy(QString::fromStdString(wanted.output), file.fileName()));
    }
    if (what == "damaged") {
      QVERIFY(file.open(QIODevice::ReadWrite));
      QByteArray content = file.readAll();
      content.replace("\\\"best_epoch\\\":", "\\\"BEST_epoch\\\":");
      QVERIFY(file.seek(0) && file.write(content) == content.size());
      file.close();
    }
    const auto report = m_engine->train(cohort, wanted, {}, {});
    QVERIFY(!report);
    const QString said = QString::fromStdString(report.error().line());
    QVERIFY2(said.contains(".checkpoint"), qPrintable(said));
    if (what != "cut" && what != "model" && what != "damaged") QVERIFY2(said.contains(what), qPrintable(said));
    QVERIFY(bytes(wanted.output) == before);
  }

  void aTeamTrainsWhatOneTrains_data() {
    QTest::addColumn<int>("processes");
    QTest::addColumn<int>("router");
    QTest::addColumn<int>("batch");
    QTest::newRow("two, a router a modality") << 2 << 1 << 8;
    QTest::newRow("three, joint") << 3 << 0 << 8;
    QTest::newRow("three, disjoint, some without a stay") << 3 << 2 << 2;
  }
  void aTeamTrainsWhatOneTrains() {
    QFETCH(int, processes);
    QFETCH(int, router);
    QFETCH(int, batch);
    TrainRequest wanted = request("one", 2);
    wanted.model.router = static_cast<Router>(router);
    wanted.model.loss = {0.1, 0.1};
    wanted.training.learningRate = 4e-4;
    wanted.training.batch = batch;
    const auto alone = m_engine->train(m_cohort, wanted, {}, {});
    QVERIFY(alone.has_value());
    wanted.output = m_folder.filePath("together").toStdString();
    const auto reports = trainTogether(wanted, processes, [&](int) -> const SampleSource& { return m_cohort; });
    for (const auto& report : reports) {
      QVERIFY2(report.has_value(), report ? "" : (report.error().line() + report.error().detail).c_str());
      QCOMPARE(report->bestEpoch, alone->bestEpoch);
      for (std::size_t i = 0; i < alone->epochs.size(); ++i) {
        QVERIFY(std::abs(report->epochs[i].loss - alone->epochs[i].loss) < 1e-5);
        QVERIFY(std::abs(report->epochs[i].balanceLoss - alone->epochs[i].balanceLoss) < 1e-4);
        QVERIFY(std::abs(report->epochs[i].entropyLoss - alone->epochs[i].entropyLoss) < 1e-5);
      }
    }
    const double apart = difference(request("one", 2).output, wanted.output);
    QVERIFY2(apart <= 1e-5, qPrintable(QString::number(apart)));
    // The weights have moved by far more than they are apart.
    wanted.output = m_folder.filePath("shorter").toStdString();
    wanted.training.epochs = 1;
    QVERIFY(m_engine->train(m_cohort, wanted, {}, {}).has_value());
    QVERIFY(difference(request("one", 2).output, wanted.output) > 1e-4);
  }

  void aMemberThatFailsEndsTheOthers() {
    test::MemoryCohort empty(0, 8);
    const auto reports = trainTogether(request("lost", 3), 2, [&](int rank) -> const SampleSource& {
      return rank == 1 ? static_cast<const SampleSource&>(empty) : m_cohort;
    });
    QVERIFY(!reports[0] && !reports[1]);
    QVERIFY2(reports[0].error().what.find("Another process") != std::string::npos, reports[0].error().what.c_str());
    QVERIFY(reports[1].error().what.find("no stay in split 'train'") != std::string::npos);
    QVERIFY(!QFile::exists(m_folder.filePath("lost")));
  }

  void membersWithOtherDataAreRefused() {
    const test::MemoryCohort other(50, 32);
    const auto reports = trainTogether(request("mixed", 1), 2, [&](int rank) -> const SampleSource& {
      return rank == 1 ? static_cast<const SampleSource&>(other) : m_cohort;
    });
    QVERIFY(!reports[0] && !reports[1]);
    QVERIFY2(reports[1].error().what.find("different") != std::string::npos, reports[1].error().what.c_str());
  }
};

QTEST_APPLESS_MAIN(TestTrainingRuns)
#include "tst_training_runs.moc"
