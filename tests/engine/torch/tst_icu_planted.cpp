// What was planted in the synthetic ICU cohort is what the bundled models find, on stays they have never seen. Every
// check is also made of an untrained model and, where conditions matter, of conditions handed to the wrong stays, and
// must fail there.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QtTest>
#include <algorithm>
#include <cmath>

#include "cohort/generate/icu_patient.h"
#include "cohort/generate/icu_record.h"
#include "torch/inference/torch_model.h"
#include "torch/model/model_file.h"
#include "torch/model/parameters.h"

using namespace fusemoe;

namespace {

const std::string kModels = FUSEMOE_SOURCE_DIR "/resources/models/";
constexpr std::uint64_t kUnseenSeed = 977;  // the bundled cohort has another
constexpr std::int64_t kStays = 400, kUntrainedStays = 120;
constexpr double kLeastDrop = 0.15;  // of the label's probability when its modality is masked
constexpr double kMargin = 2;        // how many times more than with any other modality masked
constexpr std::size_t kFewest = 20;

/// One unseen stay: what is true of it, and what a model says with nothing and with one modality masked.
struct Answer {
  IcuPatient patient;
  ResultPtr recorded;
  std::array<ResultPtr, 4> without;  ///< null where the stay lacks the modality
};

std::vector<Answer> ask(const Model& model, std::int64_t stays) {
  std::vector<Answer> answers;
  for (std::int64_t id = 1; id <= stays; ++id) {
    Answer answer{drawPatient(kUnseenSeed, id), nullptr, {}};
    const auto sample = std::make_shared<Sample>(drawRecord(kUnseenSeed, answer.patient, {}));
    std::vector<PredictRequest> requests{{sample, 0}};
    for (unsigned m = 0; m < 4; ++m)
      if (sample->modalities[m].present()) requests.push_back({sample, ModalityMask{1} << m});
    const auto results = model.predict(requests, {}, {});
    if (!results) qFatal("%s", results.error().line().c_str());
    answer.recorded = results->front();
    for (std::size_t i = 1; i < requests.size(); ++i)
      answer.without[static_cast<std::size_t>(std::countr_zero(requests[i].mask))] = (*results)[i];
    answers.push_back(std::move(answer));
  }
  return answers;
}

/// By how much masking a modality lowers the label's probability, on average over stays.
struct Drop {
  std::size_t stays = 0;
  double mean = 0;
};

/// Over stays that have the carrier and whose partner (the stay `shift` places on) has the condition; shift 0 = itself.
std::array<Drop, 4> drops(const std::vector<Answer>& answers, Condition condition, std::size_t label,
                          std::size_t carrier, std::size_t shift) {
  std::array<Drop, 4> drops;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[(i + shift) % answers.size()].patient.has(condition) || !answers[i].without[carrier]) continue;
    for (std::size_t m = 0; m < 4; ++m) {
      if (!answers[i].without[m]) continue;
      drops[m].mean += static_cast<double>(answers[i].recorded->probability[label]) -
                       static_cast<double>(answers[i].without[m]->probability[label]);
      ++drops[m].stays;
    }
  }
  for (Drop& drop : drops)
    if (drop.stays > 0) drop.mean /= static_cast<double>(drop.stays);
  return drops;
}

/// Does masking the carrier take the label away, and masking anything else not?
bool found(const std::array<Drop, 4>& drops, std::size_t carrier) {
  double other = 0;
  for (std::size_t m = 0; m < 4; ++m)
    if (m != carrier) other = std::max(other, drops[m].mean);
  return drops[carrier].mean >= kLeastDrop && drops[carrier].mean >= kMargin * other;
}

/// Mean over stays and layers of E, and the smallest distance between two modalities' mean choice of experts: half the
/// sum of differences, 0 = the same experts, 1 = none in common.
struct Spread {
  double regularizer = 0, distance = 2;
};

Spread spreadOf(const std::vector<Answer>& answers) {
  Spread spread;
  const std::size_t layers = answers.front().recorded->layers.size();
  for (std::size_t l = 0; l < layers; ++l) {
    std::array<std::vector<double>, 4> chosen;
    for (const Answer& answer : answers) {
      const LayerResult& layer = answer.recorded->layers[l];
      spread.regularizer += layer.entropy.regularizer / static_cast<double>(answers.size() * layers);
      for (std::size_t m = 0; m < 4; ++m) {
        chosen[m].resize(layer.routers[m].meanTopK.size());
        for (std::size_t e = 0; e < chosen[m].size(); ++e)
          chosen[m][e] += static_cast<double>(layer.routers[m].meanTopK[e]) / static_cast<double>(answers.size());
      }
    }
    for (std::size_t a = 0; a < 4; ++a)
      for (std::size_t b = 0; b < a; ++b) {
        double distance = 0;
        for (std::size_t e = 0; e < chosen[a].size(); ++e) distance += std::abs(chosen[a][e] - chosen[b][e]) / 2;
        spread.distance = std::min(spread.distance, distance);
      }
  }
  return spread;
}

}  // namespace

class TestIcuPlanted : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void maskingTheCarrier_data();
  void maskingTheCarrier();
  void routersDiffer();

 private:
  std::vector<Answer> m_trained, m_untrained;
};

void TestIcuPlanted::initTestCase() {
  at::set_num_threads(1);  // a small model: several threads would wait for each other
  auto loaded = openModelFile(kModels + "icu-synthetic-pheno-permod-laplace.safetensors");
  QVERIFY2(loaded, loaded ? "" : loaded.error().line().c_str());
  const ModelConfig config = loaded->config;
  m_trained = ask(TorchModel(std::move(*loaded), at::Device(at::kCPU)), kStays);
  m_untrained =
      ask(TorchModel(LoadedModel{config, initialParameters(config, 32), {}}, at::Device(at::kCPU)), kUntrainedStays);
}

void TestIcuPlanted::maskingTheCarrier_data() {
  QTest::addColumn<int>("condition");
  QTest::addColumn<int>("label");
  QTest::addColumn<int>("carrier");
  using enum Condition;
  const auto row = [](const char* name, Condition condition, int label, int carrier) {
    QTest::newRow(name) << static_cast<int>(condition) << label << carrier;
  };
  row("kidney failure: ts", KidneyFailure, 0, 0);
  row("sepsis: ts", Sepsis, 23, 0);
  row("surgical complication: text", SurgicalComplication, 6, 1);
  row("chronic kidney disease: text", ChronicKidney, 4, 1);
  row("lipid disorder: text", LipidDisorder, 12, 1);
  row("hypertension: text", Hypertension, 13, 1);
  row("pneumonia: cxr", Pneumonia, 21, 2);
  row("pleural effusion: cxr", PleuralEffusion, 20, 2);
  row("arrhythmia: ecg", Arrhythmia, 3, 3);
  row("conduction block: ecg", ConductionBlock, 7, 3);
}

void TestIcuPlanted::maskingTheCarrier() {
  QFETCH(int, condition);
  QFETCH(int, label);
  QFETCH(int, carrier);
  const auto measure = [&](const std::vector<Answer>& answers, std::size_t shift) {
    return drops(answers, static_cast<Condition>(condition), static_cast<std::size_t>(label),
                 static_cast<std::size_t>(carrier), shift);
  };
  const auto text = [](const std::array<Drop, 4>& drops) {
    QString line;
    for (const Drop& drop : drops) line += QString("%1 (n %2)  ").arg(drop.mean, 0, 'f', 3).arg(drop.stays);
    return line.toUtf8();
  };
  const auto own = measure(m_trained, 0);
  qInfo("%s", text(own).constData());
  QVERIFY2(own[static_cast<std::size_t>(carrier)].stays >= kFewest, text(own));
  QVERIFY2(found(own, static_cast<std::size_t>(carrier)), text(own));
  QVERIFY2(!found(measure(m_untrained, 0), static_cast<std::size_t>(carrier)), text(measure(m_untrained, 0)));
  for (const std::size_t shift : {1U, 7U, 50U, 123U, 250U}) {
    const auto wrong = measure(m_trained, shift);
    QVERIFY2(!found(wrong, static_cast<std::size_t>(carrier)), text(wrong));
  }
}

void TestIcuPlanted::routersDiffer() {
  constexpr double kHighestRegularizer = -0.5, kLeastDistance = 0.6;
  const Spread trained = spreadOf(m_trained), untrained = spreadOf(m_untrained);
  qInfo("E %.3f, distance %.3f; untrained E %.3f, distance %.3f", trained.regularizer, trained.distance,
        untrained.regularizer, untrained.distance);
  QVERIFY(trained.regularizer <= kHighestRegularizer);
  QVERIFY(trained.distance >= kLeastDistance);
  QVERIFY(untrained.regularizer > kHighestRegularizer);
  QVERIFY(untrained.distance < kLeastDistance);
}

QTEST_APPLESS_MAIN(TestIcuPlanted)
#include "tst_icu_planted.moc"
