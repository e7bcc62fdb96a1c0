#include <ATen/Parallel.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <memory>

#include "test_model.h"
#include "torch/model/model_file.h"
#include "torch/torch_engine.h"
#include "torch/training/dataset.h"

using namespace fusemoe;

class TestTraining : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::unique_ptr<Engine> m_engine;
  test::MemoryCohort m_cohort;

  TrainRequest request(const char* name, int epochs) const {
    TrainRequest made;
    made.model = test::smallConfig();
    made.model.loss = {0.01, 0.01};
    made.training.epochs = epochs;
    made.training.batch = 16;
    made.training.learningRate = 3e-3;
    made.training.patience = 100;
    made.output = m_folder.filePath(name).toStdString();
    made.seed = 7;
    return made;
  }
  static QByteArray bytes(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void initTestCase() {
    auto engine = TorchEngine::create(Device::Cpu, 1);
    QVERIFY(engine.has_value());
    m_engine.reset(*engine);
  }

  void learnsAndWritesAModel() {
    int told = 0;
    const TrainRequest wanted = request("learnt.safetensors", 12);
    const auto report =
        m_engine->train(m_cohort, wanted, [&](const Progress& progress) { told += progress.fraction > 0 ? 1 : 0; }, {});
    QVERIFY2(report.has_value(), report ? "" : report.error().what.c_str());
    QVERIFY(told >= 12 * 4);
    QCOMPARE(report->epochs.size(), std::size_t(12));
    QVERIFY(report->epochs.back().loss < 0.7 * report->epochs.front().loss);
    QVERIFY(report->bestValidationAuroc > 0.85);
    for (const EpochReport& epoch : report->epochs) {
      QCOMPARE(epoch.skippedSteps, 0);
      QVERIFY(epoch.entropyLoss <= 0 && epoch.entropyLoss >= -std::log(3.0));
    }
    const auto opened = m_engine->open(wanted.output);
    QVERIFY(opened.has_value());
    const VariableConfig& rate = (*opened)->config().modalities[0].variables[0];
    QVERIFY(rate.mean > 70 && rate.mean < 90 && rate.std > 5 && rate.std < 20);  // statistics of the training stays
  }

  void sameSeedSameFile() {
    for (const char* name : {"one", "two"}) QVERIFY(m_engine->train(m_cohort, request(name, 2), {}, {}).has_value());
    TrainRequest other = request("three", 2);
    other.seed = 8;
    QVERIFY(m_engine->train(m_cohort, other, {}, {}).has_value());
    QVERIFY(!bytes(request("one", 2).output).isEmpty());
    QVERIFY(bytes(request("one", 2).output) == bytes(request("two", 2).output));
    QVERIFY(bytes(request("one", 2).output) != bytes(other.output));
  }

  void everyRouterGateAndTaskTrains_data() {
    QTest::addColumn<int>("router");
    QTest::addColumn<int>("task");
    for (int router = 0; router < 3; ++router)
      for (int task = 0; task < 3; ++task) QTest::addRow("%d %d", router, task) << router << task;
  }
  void everyRouterGateAndTaskTrains() {
    QFETCH(int, router);
    QFETCH(int, task);
    TrainRequest wanted = request("every", 1);
    wanted.model.router = static_cast<Router>(router);
    wanted.model.gate = static_cast<Gate>((router + task) % 3);
    wanted.model.token = task == 1 ? TokenGranularity::Sequence : TokenGranularity::Bin;
    wanted.model.expertOutput = task == 1 ? ExpertOutput::LogSoftmax : ExpertOutput::Linear;
    wanted.model.task.kind = static_cast<TaskKind>(task);
    if (task > 0) wanted.model.task.labels = {"a", "b"};
    test::MemoryCohort cohort;
    if (wanted.model.task.kind == TaskKind::MultiLabel)
      for (auto* stays : {&cohort.trainStays, &cohort.validationStays})
        for (SamplePtr& stay : *stays) {
          auto changed = std::make_shared<Sample>(*stay);
          changed->labels["label"] = {stay->labels.at("label")[0], static_cast<float>(stay->stayId % 2)};
          stay = changed;
        }
    const auto report = m_engine->train(cohort, wanted, {}, {});
    QVERIFY2(report.has_value(), report ? "" : report.error().line().c_str());
    const auto opened = m_engine->open(wanted.output);
    const PredictRequest asked{cohort.trainStays[0], 0};
    const auto result = (*opened)->predict({&asked, 1}, {}, {});
    QVERIFY(result.has_value());
    QCOMPARE(result->front()->probability.size(), std::size_t(task == 0 ? 1 : 2));
  }

  /// A learning rate that makes weights overflow gives gradients that are not finite: counted, and no step is taken on
  /// them.
  void nonFiniteGradientsAreNeverStepped() {
    test::MemoryCohort cohort;
    for (SamplePtr& stay : cohort.trainStays) {
      auto changed = std::make_shared<Sample>(*stay);
      changed->modalities[1].events[0].vector[0] = 3e38F;  // finite in the file, overflows in the network
      stay = changed;
    }
    const TrainRequest wanted = request("overflow", 1);
    const auto report = m_engine->train(cohort, wanted, {}, {});
    QVERIFY2(report.has_value(), report ? "" : report.error().line().c_str());
    QCOMPARE(report->epochs[0].skippedSteps, 4);
    const auto opened = m_engine->open(wanted.output);  // openModelFile refuses weights that are not finite
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().line().c_str());
  }

  void stoppingKeepsTheBestSoFar() {
    std::stop_source source;
    const TrainRequest wanted = request("stopped", 50);
    const auto report = m_engine->train(
        m_cohort, wanted,
        [&](const Progress& progress) {
          if (progress.fraction > 0.045) source.request_stop();
        },
        source.get_token());
    QVERIFY(report.has_value());
    QVERIFY(report->stopped);
    QCOMPARE(report->epochs.size(), std::size_t(2));
    QVERIFY(m_engine->open(wanted.output).has_value());
  }

  void stoppingAtOnceWritesNothing() {
    std::stop_source source;
    const TrainRequest wanted = request("nothing", 50);
    const auto report = m_engine->train(
        m_cohort, wanted, [&](const Progress&) { source.request_stop(); }, source.get_token());
    QVERIFY(!report);
    QVERIFY(!QFile::exists(QString::fromStdString(wanted.output)));
  }

  void unusableCohortsAreClearErrors() {
    const test::MemoryCohort empty(0, 8);
    QVERIFY(m_engine->train(empty, request("e", 1), {}, {}).error().what.find("no stay in split 'train'") !=
            std::string::npos);
    test::MemoryCohort oneClass;
    std::erase_if(oneClass.validationStays, [](const SamplePtr& stay) { return stay->labels.at("label")[0] > 0; });
    QVERIFY(m_engine->train(oneClass, request("o", 1), {}, {}).error().what.find("one class") != std::string::npos);
    TrainRequest elsewhere = request("x", 1);
    elsewhere.output = "/no/such/folder/model.safetensors";
    QVERIFY(m_engine->train(m_cohort, elsewhere, {}, {}).error().what.find("Cannot write") != std::string::npos);
  }

  void modalityDropoutSparesOne() {
    const auto dataset = Dataset::read(m_cohort, test::smallConfig(), "train", {});
    std::vector<std::size_t> rows(dataset->size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
    const auto batch = dataset->batch(test::smallConfig(), rows, {0.99, 0, 1, 1, 0});
    int present = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      int own = 0;
      for (const ModalityInput& input : batch->modalities) own += input.missing[std::int64_t(i)].item<bool>() ? 0 : 1;
      QVERIFY(own >= 1);
      present += own;
    }
    QVERIFY(present < int(rows.size()) * 3 / 2);
  }

  void logisticBaselineFindsTheSignal() {
    const auto scores =
        m_engine->logisticBaseline(test::MemoryCohort(200, 60), test::smallConfig(), "validation", {}, {});
    QVERIFY(scores.has_value());
    QCOMPARE(scores->probability.size(), std::size_t(60));
    int right = 0;
    for (std::size_t i = 0; i < 60; ++i) right += (scores->probability[i] > 0.5F) == (scores->truth[i] > 0.5F);
    QVERIFY(right > 48);
  }
};

QTEST_APPLESS_MAIN(TestTraining)
#include "tst_training.moc"
