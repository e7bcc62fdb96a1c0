// The engine takes edited stays like recorded ones: two values at an hour, and what edits have emptied.
#include <ATen/ATen.h>

#include <QtTest>
#include <cmath>
#include <random>
#include <set>

#include "session/record_edit.h"
#include "test_model.h"
#include "torch/inference/torch_model.h"

using namespace fusemoe;

namespace {

constexpr double kWindow = 48;

SamplePtr edited(const RecordEdits& edits) {
  return applyEdits(test::sample(5), edits, kWindow);
}

}  // namespace

class TestEditedPrediction : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    const ModelConfig config = test::smallConfig();
    m_model =
        std::make_unique<TorchModel>(LoadedModel{config, test::randomParameters(config, 1), {}}, at::Device(at::kCPU));
  }

  void eachKindOfEditChangesThePrediction() {
    const ResultPtr recorded = predict(test::sample(5));
    const float hour = test::sample(5)->modalities[0].variables[0].observations[1].hour;
    const std::vector<RecordEdits> lists{{MoveObservation{"vitals", "hr", 0, 2, 5}},
                                         {AddObservation{"vitals", "hr", {hour, 120}}},  // a second one at its hour
                                         {AddObservation{"vitals", "sbp", {47, 90}}},
                                         {DeleteObservation{"notes", "", 0}},
                                         {MoveObservation{"notes", "", 0, 9, 0}},
                                         {MoveObservation{"body", "age", 0, 0, 20}},
                                         {MaskVariable{"vitals", "hr"}},
                                         {MaskWindow{"", 0, 12}}};
    for (const RecordEdits& edits : lists) {
      const ResultPtr result = predict(edited(edits));
      QVERIFY(result->probability != recorded->probability);
      QVERIFY(result->key != recorded->key);
    }
    QCOMPARE(predict(edited({}))->probability, recorded->probability);
  }

  void whatEditsEmptiedIsAbsent() {
    const ResultPtr emptied = predict(edited({MaskWindow{"notes", 0, 48}}));
    const ResultPtr absent = predict(test::sample(5, {"notes"}));
    QCOMPARE(emptied->states[1], ModalityState::Absent);
    QCOMPARE(emptied->probability, absent->probability);
    const ResultPtr nothing =
        predict(edited({MaskWindow{"", 0, 48}, MaskVariable{"body", "age"}, MaskVariable{"body", "weight"}}));
    for (const ModalityState state : nothing->states) QCOMPARE(state, ModalityState::Absent);
    QVERIFY(std::isfinite(nothing->probability[0]));
  }

  /// However far values are moved, an answer comes: numbers, or an error that says so.
  void farValues() {
    std::mt19937 random(3);
    for (int round = 0; round < 40; ++round) {
      const float far = std::ldexp(1.0F, static_cast<int>(random() % 120));
      const SamplePtr sample =
          edited({MoveObservation{"vitals", "hr", 0, far, far}, AddObservation{"vitals", "hr", {far, -far}},
                  MoveObservation{"body", "age", 0, 0, -far}});
      const PredictRequest request{sample, 0};
      const auto results = m_model->predict({&request, 1}, {}, {});
      if (results)
        QVERIFY(std::isfinite(results->front()->probability[0]));
      else
        QVERIFY(!results.error().what.empty());
    }
  }

  void attentionIsOfTheEditedHours() {
    const SamplePtr sample =
        edited({AddObservation{"vitals", "lactate", {20.125F, 2}}, DeleteObservation{"vitals", "hr", 0}});
    const ResultPtr result = predict(sample, {false, nullptr, true, {}});
    std::set<float> hours;
    for (const VariableData& variable : sample->modalities[0].variables)
      for (const Observation& observation : variable.observations) hours.insert(observation.hour);
    QCOMPARE(result->attention.front().hours.size(), hours.size());
  }

 private:
  ResultPtr predict(const SamplePtr& sample, const PredictOptions& options = {}) const {
    const PredictRequest request{sample, 0};
    auto results = m_model->predict({&request, 1}, options, {});
    if (!results) qFatal("%s", results.error().what.c_str());
    return results->front();
  }

  std::unique_ptr<TorchModel> m_model;
};

QTEST_APPLESS_MAIN(TestEditedPrediction)
#include "tst_edited_prediction.moc"
