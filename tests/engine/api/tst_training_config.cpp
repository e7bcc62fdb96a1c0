#include <QtTest>

#include "api/training.h"

using namespace fusemoe;

namespace {

Result<Experiment> experiment(const QString& training) {
  return experimentFromJson(
      (R"({"model": {"modalities": [{"name": "labs"}]}, "training": )" + training + "}").toStdString());
}

}  // namespace

class TestTrainingConfig : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyFieldIsReadAndWritten() {
    const QString all = R"({"epochs": 8, "batch": 2, "accumulation": 16, "optimizer": "adamw", "learning_rate": 2e-4,
        "schedule": "cosine", "warmup": 0.1, "weight_decay": 0.01, "ema": 0.99, "class_weight": 2, "label_smoothing": 0.05,
        "patience": 3, "select": "mean", "modality_dropout": 0.2, "observation_dropout": 0.3, "gradient_clip": 0.5})";
    const auto read = experiment(all);
    QVERIFY2(read.has_value(), read ? "" : read.error().line().c_str());
    const TrainConfig expected{
        8,   2,   16, Optimizer::AdamW, 2e-4, Schedule::Cosine, 0.1, 0.01, 0.99, 2, 0.05, 3, Selection::Mean,
        0.2, 0.3, 0.5};
    QVERIFY(read->training == expected);
    QVERIFY(experiment(QString::fromStdString(toJson(expected)))->training == expected);
  }

  void thePapersScheduleIsItsNumbers() {
    const auto paper = experiment(R"({"learning_rate": 4e-4, "batch": 2, "accumulation": 16, "epochs": 8})");
    QVERIFY(paper.has_value());
    QVERIFY(paper->training.optimizer == Optimizer::Adam && paper->training.schedule == Schedule::Constant);
    QCOMPARE(paper->training.ema + paper->training.warmup + paper->training.weightDecay, 0.0);
  }

  void rejects_data() {
    QTest::addColumn<QString>("training");
    QTest::addColumn<QString>("field");
    const std::pair<const char*, const char*> cases[] = {
        {R"("epochs": 0)", "epochs"},
        {R"("batch": 0)", "batch"},
        {R"("accumulation": 0)", "accumulation"},
        {R"("accumulation": 1.5)", "accumulation"},
        {R"("optimizer": "sgd")", "optimizer"},
        {R"("learning_rate": 0)", "learning_rate"},
        {R"("learning_rate": "fast")", "learning_rate"},
        {R"("schedule": "step")", "schedule"},
        {R"("warmup": 1.1)", "warmup"},
        {R"("weight_decay": -1)", "weight_decay"},
        {R"("ema": 1)", "ema"},
        {R"("class_weight": -1)", "class_weight"},
        {R"("label_smoothing": 1)", "label_smoothing"},
        {R"("patience": 0)", "patience"},
        {R"("select": "f1")", "select"},
        {R"("modality_dropout": 1)", "modality_dropout"},
        {R"("observation_dropout": -0.1)", "observation_dropout"},
        {R"("gradient_clip": -1)", "gradient_clip"},
        {R"("warmpu": 0.1)", "warmpu"},
    };
    for (const auto& [text, field] : cases) QTest::newRow(text) << QString("{%1}").arg(text) << field;
  }
  void rejects() {
    QFETCH(QString, training);
    QFETCH(QString, field);
    const auto read = experiment(training);
    QVERIFY(!read);
    QVERIFY2(read.error().what.find("training." + field.toStdString()) != std::string::npos, read.error().what.c_str());
  }
};

QTEST_APPLESS_MAIN(TestTrainingConfig)
#include "tst_training_config.moc"
