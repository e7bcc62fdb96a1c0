// Many masks at once, and interventions: against predict, and against models that were made that way.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QtTest>
#include <cmath>
#include <thread>

#include "cohort/cohort_store.h"
#include "test_model.h"
#include "torch/inference/prepare.h"
#include "torch/inference/torch_model.h"

using namespace fusemoe;
using test::sample;

Q_DECLARE_METATYPE(fusemoe::Gate)
Q_DECLARE_METATYPE(fusemoe::Router)
Q_DECLARE_METATYPE(fusemoe::TokenGranularity)
Q_DECLARE_METATYPE(fusemoe::ExpertOutput)
Q_DECLARE_METATYPE(fusemoe::MissingMechanism)

namespace {

const std::vector<ModalityMask> kAllMasks{0, 1, 2, 3, 4, 5, 6, 7};

std::unique_ptr<TorchModel> modelOf(const ModelConfig& config, const TensorMap& parameters) {
  return std::make_unique<TorchModel>(LoadedModel{config, parameters, {}}, at::Device(at::kCPU));
}
std::unique_ptr<TorchModel> modelOf(const ModelConfig& config) {
  return modelOf(config, test::randomParameters(config, 1));
}

/// Stays of several lengths: whole, without one modality, without two, with nothing at all.
std::vector<SamplePtr> stays() {
  return {sample(3),
          sample(4, {"notes"}),
          sample(5, {"vitals", "body"}),
          sample(6, {"body"}),
          sample(7, {"vitals", "notes", "body"}),
          sample(8)};
}

RoutingResult one(const Model& model, const SamplePtr& stay, ModalityMask mask = 0, const Intervention& change = {}) {
  const PredictRequest request{stay, mask};
  PredictOptions options;
  options.intervention = change;
  auto results = model.predict({&request, 1}, options, {});
  if (!results) qFatal("%s", results.error().what.c_str());
  return *results->front();
}

Intervention changes(const char* text) {
  const auto read = interventionFromText(text);
  if (!read) qFatal("%s", read.error().what.c_str());
  return *read;
}

double largest(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return INFINITY;
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(double(a[i]) - double(b[i])));
  return most;
}

/// Largest difference of everything `masked` tells from what predict tells of the same.
struct Differences {
  double probability = 0, rest = 0;
  bool states = true;
};
void compare(const MaskedRouting& masked, const RoutingResult& whole, const ModelConfig& config, Differences& into) {
  into.probability = std::max(
      {into.probability, largest(masked.probability, whole.probability), largest(masked.headLogits, whole.headLogits)});
  const RoutingShape shape(config);
  for (int l = 0; l < shape.layers; ++l)
    for (int r = 0; r < shape.routers; ++r) {
      const RouterResult& router = whole.layers[std::size_t(l)].routers[std::size_t(r)];
      into.rest = std::max({into.rest, largest(shape.of(masked.meanDense, l, r), router.meanDense),
                            largest(shape.of(masked.meanTopK, l, r), router.meanTopK)});
    }
  std::uint32_t present = 0;
  for (std::size_t m = 0; m < whole.states.size(); ++m)
    if (whole.states[m] == ModalityState::Present) present |= 1U << m;
  into.states = into.states && masked.present == present && masked.mask == whole.key.mask;
}

/// Every stay under every mask, at once and one by one.
Differences differences(const Model& model, const std::vector<SamplePtr>& samples,
                        const std::vector<ModalityMask>& masks, const Intervention& change = {}) {
  const auto all = model.predictMasks(samples, masks, change, {});
  if (!all) qFatal("%s", all.error().what.c_str());
  Differences found;
  for (std::size_t s = 0; s < samples.size(); ++s)
    for (std::size_t i = 0; i < masks.size(); ++i)
      compare((*all)[s][i], one(model, samples[s], masks[i], change), model.config(), found);
  return found;
}

}  // namespace

// To the bit; but for the means over tokens, which are added up in another order than those that predict tells.
#define COMPARE_EQUAL(...)                                                                              \
  do {                                                                                                  \
    const Differences found = __VA_ARGS__;                                                              \
    QVERIFY2(found.probability == 0 && found.rest <= 1e-6 && found.states,                              \
             qPrintable(QString("%1 %2 %3").arg(found.probability).arg(found.rest).arg(found.states))); \
  } while (false)

class TestMasks : public QObject {
  Q_OBJECT

  static void everyKind() {
    QTest::addColumn<Router>("router");
    QTest::addColumn<Gate>("gate");
    QTest::addColumn<TokenGranularity>("token");
    for (const Router router : {Router::Joint, Router::PerModality, Router::Disjoint})
      for (const Gate gate : {Gate::Softmax, Gate::Laplace, Gate::Gaussian})
        for (const TokenGranularity token : {TokenGranularity::Sequence, TokenGranularity::Bin})
          QTest::addRow("%s %s %s", nameOf(router).data(), nameOf(gate).data(), nameOf(token).data())
              << router << gate << token;
  }
  static ModelConfig fetched() {
    QFETCH(Router, router);
    QFETCH(Gate, gate);
    QFETCH(TokenGranularity, token);
    return test::smallConfig(router, gate, token);
  }

 private Q_SLOTS:
  void initTestCase() { at::set_num_threads(2); }

  void equalsSinglePredictions_data() { everyKind(); }
  void equalsSinglePredictions() {
    ModelConfig config = fetched();
    for (const ExpertOutput output : {ExpertOutput::Linear, ExpertOutput::LogSoftmax})
      for (const MissingMechanism missing : {MissingMechanism::Learned, MissingMechanism::Zeros}) {
        config.expertOutput = output;
        config.missing = missing;
        const auto model = modelOf(config);
        COMPARE_EQUAL(differences(*model, stays(), kAllMasks));
      }
  }

  void equalsOnBundledModels_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("cohort");
    for (const auto& [file, cohort] :
         {std::pair("nafld-permod-laplace", "nafld"), std::pair("icu-synthetic-ihm-permod-laplace", "icu-synthetic"),
          std::pair("icu-synthetic-pheno-permod-laplace", "icu-synthetic")})
      QTest::newRow(file) << QString(file) << QString(cohort);
  }
  void equalsOnBundledModels() {
    QFETCH(QString, file);
    QFETCH(QString, cohort);
    const std::string resources = FUSEMOE_SOURCE_DIR "/resources/";
    auto loaded = openModelFile(resources + "models/" + file.toStdString() + ".safetensors");
    QVERIFY(loaded.has_value());
    const TorchModel model(std::move(*loaded), at::Device(at::kCPU));
    const auto store = CohortStore::open(resources + "cohorts/" + cohort.toStdString() + ".sqlite");
    QVERIFY(store.has_value());
    std::vector<SamplePtr> samples;
    QVERIFY((*store)->visit("test", [&](const SamplePtr& stay) {
      samples.push_back(stay);
      return samples.size() < 24;
    }));
    std::vector<ModalityMask> masks;
    for (ModalityMask mask = 0; mask < 1U << model.config().modalityCount(); ++mask) masks.push_back(mask);
    const Differences found = differences(model, samples, masks);
    QVERIFY2(found.probability == 0 && found.rest <= 1e-6 && found.states,
             qPrintable(QString("%1 %2").arg(found.probability).arg(found.rest)));
    for (const SamplePtr& stay : samples) {  // and alone, as the lattice of one stay is computed
      const Differences alone = differences(model, {stay}, masks);
      QVERIFY2(alone.probability == 0 && alone.rest <= 1e-6 && alone.states,
               qPrintable(QString("%1 %2").arg(alone.probability).arg(alone.rest)));
    }
  }

  void equalsWithOtherShapes() {
    for (const Router router : {Router::Joint, Router::PerModality, Router::Disjoint})
      for (const int layers : {1, 3})
        for (const Pooling pooling : {Pooling::Last, Pooling::MeanLast}) {
          ModelConfig config = test::smallConfig(router);
          config.layers = layers;
          config.pooling = pooling;
          config.task = {"labels", "Labels", TaskKind::MultiLabel, {"a", "b", "c"}};
          const auto model = modelOf(config);
          COMPARE_EQUAL(differences(*model, stays(), {5, 0, 5, 7}));  // in any order, some twice
        }
  }

  /// More stays than a block and more rows than a piece hold, on one thread and two.
  void equalsInManyBlocks() {
    const auto model = modelOf(test::smallConfig());
    std::vector<SamplePtr> samples;
    for (int i = 1; i <= 80; ++i)
      samples.push_back(sample(i, i % 4 == 0 ? std::vector<std::string>{"notes"} : std::vector<std::string>{}));
    for (const int threads : {1, 2}) {
      at::set_num_threads(threads);
      COMPARE_EQUAL(differences(*model, samples, kAllMasks));
    }
  }

  void nothingAsked() {
    const auto model = modelOf(test::smallConfig());
    QVERIFY(model->predictMasks({}, kAllMasks, {}, {})->empty());
    const std::vector<SamplePtr> samples{sample(3)};
    const auto none = model->predictMasks(samples, {}, {}, {});
    QVERIFY(none && none->size() == 1 && none->front().empty());
  }

  void badSamplesAndStops() {
    const auto model = modelOf(test::smallConfig());
    auto wide = std::make_shared<Sample>(*sample(2));
    wide->modalities[1].events[0].vector.push_back(1);
    std::vector<SamplePtr> samples{sample(1), wide, sample(3)};
    const auto refused = model->predictMasks(samples, kAllMasks, {}, {});
    QVERIFY(!refused);
    QVERIFY2(refused.error().what.find("width") != std::string::npos, refused.error().what.c_str());
    std::stop_source source;
    source.request_stop();
    samples = {sample(1)};
    QVERIFY(!model->predictMasks(samples, kAllMasks, {}, source.get_token()));

    ModelConfig config = test::smallConfig();
    TensorMap parameters = test::randomParameters(config, 1);
    parameters["head.out.bias"] = parameters["head.out.bias"] * INFINITY;
    QVERIFY(!modelOf(config, parameters)->predictMasks(samples, kAllMasks, {}, {}));
  }

  /// A prediction is answered while masks are computed elsewhere: had it waited, they would have come to their end.
  void predictionDoesNotWait() {
    const auto model = modelOf(test::smallConfig());
    std::vector<SamplePtr> samples;
    for (int i = 0; i < 20000; ++i) samples.push_back(sample(1 + i % 50));
    std::stop_source source;
    std::atomic<bool> began = false, finished = false;
    std::thread sweep([&] {
      began = true;
      finished = model->predictMasks(samples, kAllMasks, {}, source.get_token()).has_value();
    });
    while (!began) std::this_thread::yield();
    for (int i = 0; i < 5; ++i) one(*model, sample(3));
    source.request_stop();
    sweep.join();
    QVERIFY(!finished);
  }

  void interventionsInBothPaths_data() { everyKind(); }
  void interventionsInBothPaths() {
    const auto model = modelOf(fetched());
    for (const char* text :
         {"knock-out *:2", "knock-out 2:5; top-k 1", "pin 1:3; pin 2:6", "swap *:1:4; pin *:4", "gate softmax",
          "gate gaussian; top-k 1", "missing zeros", "missing learned; knock-out 1:1; top-k 1"}) {
      const auto valid = validate(changes(text), model->config());
      if (!valid) QVERIFY2(model->config().router == Router::Disjoint, valid.error().what.c_str());
      if (valid) COMPARE_EQUAL(differences(*model, stays(), {0, 2, 7}, changes(text)));
    }
  }

  void invalidInterventionsAreRefusedByBoth() {
    const auto model = modelOf(test::smallConfig());
    const std::vector<SamplePtr> samples{sample(3)};
    const PredictRequest request{sample(3), 0};
    for (const char* text : {"knock-out 9:1", "pin 1:7", "missing training-mean"}) {
      PredictOptions options;
      options.intervention = changes(text);
      QVERIFY(!model->predict({&request, 1}, options, {}));
      QVERIFY(!model->predictMasks(samples, kAllMasks, options.intervention, {}));
    }
  }

  void knockedOutIsNeverChosen_data() { everyKind(); }
  void knockedOutIsNeverChosen() {
    ModelConfig config = fetched();
    config.topK = 1;
    const auto model = modelOf(config);
    const RoutingResult plain = one(*model, sample(3));
    const std::vector<float>& load = plain.layers[0].load;
    const auto out = static_cast<std::size_t>(std::max_element(load.begin(), load.end()) - load.begin());
    const std::string change = "knock-out *:" + std::to_string(out + 1);
    const RoutingResult changed = one(*model, sample(3), 0, changes(change.c_str()));
    for (std::size_t l = 0; l < 2; ++l) {
      QCOMPARE(changed.layers[l].load[out], 0.0F);
      QCOMPARE(changed.layers[l].importance[out], 0.0F);
    }
    // First layer: the same tokens, so the others share what it had in proportion.
    for (std::size_t r = 0; r < plain.layers[0].routers.size(); ++r) {
      const RouterResult &a = plain.layers[0].routers[r], &b = changed.layers[0].routers[r];
      for (std::size_t i = 0; i < a.dense.size(); ++i) {
        const double left = 1 - double(a.dense[i / 6 * 6 + out]);
        QVERIFY(i % 6 == out ? b.dense[i] == 0 : std::abs(double(b.dense[i]) * left - double(a.dense[i])) < 1e-5);
      }
    }
    QVERIFY(plain.probability != changed.probability);
  }

  void pinnedIsAlwaysKept_data() { everyKind(); }
  void pinnedIsAlwaysKept() {
    const ModelConfig config = fetched();
    const auto model = modelOf(config);
    const RoutingResult plain = one(*model, sample(3)), changed = one(*model, sample(3), 0, changes("pin 1:4"));
    bool pinned = false;
    for (std::size_t r = 0; r < plain.layers[0].routers.size(); ++r) {
      const RouterResult &a = plain.layers[0].routers[r], &b = changed.layers[0].routers[r];
      QCOMPARE(a.dense, b.dense);
      QCOMPARE(a.logits, b.logits);
      const bool may = config.router != Router::Disjoint || r == 1;  // experts 3 and 4 are those of the second
      for (std::size_t t = 0; t < std::size_t(a.tokens); ++t) {
        std::vector<int> before{a.topKExpert[2 * t], a.topKExpert[2 * t + 1]},
            after{b.topKExpert[2 * t], b.topKExpert[2 * t + 1]};
        if (!may || before[0] == 3 || before[1] == 3) {
          QCOMPARE(after, before);
        } else {
          pinned = true;
          QVERIFY((after[0] == before[0] && after[1] == 3) || (after[1] == before[0] && after[0] == 3));
        }
        // Weights: softmax over the kept logits, descending.
        const double first = a.logits[6 * t + std::size_t(after[0])], second = a.logits[6 * t + std::size_t(after[1])];
        QVERIFY(first >= second);
        QVERIFY(std::abs(double(b.topKWeight[2 * t]) - 1 / (1 + std::exp(second - first))) < 1e-5);
      }
    }
    QVERIFY(pinned || config.router == Router::Disjoint);
  }

  /// Swapped functions, another K and another gate: to the bit what a model gives that was made that way.
  void equalsAModelMadeThatWay_data() { everyKind(); }
  void equalsAModelMadeThatWay() {
    const ModelConfig config = fetched();
    const TensorMap parameters = test::randomParameters(config, 1);
    const auto model = modelOf(config, parameters);

    TensorMap swapped = parameters;
    for (const char* part : {".fc1.weight", ".fc1.bias", ".fc2.weight", ".fc2.bias"})
      std::swap(swapped.at(std::string("layers.1.expert.1") + part),
                swapped.at(std::string("layers.1.expert.4") + part));
    QCOMPARE(one(*model, sample(3), 0, changes("swap 2:2:5")).headLogits,
             one(*modelOf(config, swapped), sample(3)).headLogits);
    QCOMPARE(one(*model, sample(3), 0, changes("swap 2:2:5; swap 2:5:2")).headLogits,
             one(*model, sample(3)).headLogits);

    ModelConfig single = config;
    single.topK = 1;
    QCOMPARE(one(*model, sample(3), 0, changes("top-k 1")).headLogits,
             one(*modelOf(single, parameters), sample(3)).headLogits);

    ModelConfig other = config;
    other.gate = config.gate == Gate::Softmax ? Gate::Laplace : Gate::Softmax;
    const auto gate = changes(other.gate == Gate::Softmax ? "gate softmax" : "gate laplace");
    QCOMPARE(one(*model, sample(3), 0, gate).headLogits, one(*modelOf(other, parameters), sample(3)).headLogits);
  }

  void missingSubstitutes() {
    const ModelConfig config = test::smallConfig();
    const TensorMap parameters = test::randomParameters(config, 1);
    const auto model = modelOf(config, parameters);
    const SamplePtr stay = sample(4, {"body"});
    ModelConfig zeros = config;
    zeros.missing = MissingMechanism::Zeros;
    TensorMap fewer = parameters;
    auto repeated = std::make_shared<EncodingMeans>();
    for (const ModalityConfig& modality : config.modalities) {
      const at::Tensor learned =
          parameters.at("missing." + modality.name).expand({config.bins, config.width}).contiguous();
      repeated->means.emplace_back(learned.data_ptr<float>(), learned.data_ptr<float>() + learned.numel());
      fewer.erase("missing." + modality.name);
    }
    const RoutingResult trained = one(*model, stay, 2);
    QCOMPARE(one(*model, stay, 2, changes("missing zeros")).headLogits,
             one(*modelOf(zeros, fewer), stay, 2).headLogits);
    QCOMPARE(one(*model, stay, 2, changes("missing learned")).headLogits, trained.headLogits);
    // A mean that happens to be the embedding, in every bin.
    Intervention mean = changes("missing training-mean");
    mean.means = repeated;
    QCOMPARE(one(*model, stay, 2, mean).headLogits, trained.headLogits);
    COMPARE_EQUAL(differences(*model, stays(), kAllMasks, mean));
  }

  void encodingMeans() {
    const ModelConfig config = test::smallConfig();
    const TensorMap parameters = test::randomParameters(config, 1);
    const auto model = modelOf(config, parameters);
    test::MemoryCohort cohort(70, 3);
    for (int i = 0; i < 70; i += 3) cohort.trainStays[std::size_t(i)] = sample(i + 1, {"notes"});
    double last = 0;
    const auto means =
        model->encodingMeans(cohort, "train", [&](const Progress& report) { last = report.fraction; }, {});
    QVERIFY(means.has_value());
    QCOMPARE(last, 1.0);
    QCOMPARE((*means)->stays, (std::vector<std::size_t>{70, 46, 70}));
    const Network network(config, parameters);
    for (std::size_t m = 0; m < 3; ++m) {
      at::Tensor sum = at::zeros({config.bins, config.width}, at::kDouble);
      for (const SamplePtr& stay : cohort.trainStays) {
        const PredictRequest request{stay, 0};
        const Batch batch = *prepare(config, {&request, 1});
        if (!batch.modalities[m].missing.item<bool>()) sum += network.encode(batch, {})[m][0].to(at::kDouble);
      }
      sum = (sum / double((*means)->stays[m])).to(at::kFloat).contiguous();
      QVERIFY(largest((*means)->means[m], {sum.data_ptr<float>(), std::size_t(sum.numel())}) < 1e-6);
    }
    Intervention change = changes("missing training-mean");
    change.means = *means;
    COMPARE_EQUAL(differences(*model, stays(), kAllMasks, change));
    QVERIFY(one(*model, sample(3), 2, change).probability != one(*model, sample(3), 2).probability);
    QCOMPARE(one(*model, sample(3), 0, change).probability, one(*model, sample(3)).probability);  // nothing missing

    // Equal names mean equal numbers: other stays, another split.
    QCOMPARE((*model->encodingMeans(cohort, "train", {}, {}))->source, (*means)->source);
    QVERIFY((*model->encodingMeans(cohort, "validation", {}, {}))->source != (*means)->source);
    cohort.trainStays[5] = sample(999);
    QVERIFY((*model->encodingMeans(cohort, "train", {}, {}))->source != (*means)->source);
  }

  void encodingMeansThatCannotBe() {
    const auto model = modelOf(test::smallConfig());
    const test::MemoryCohort empty(0, 0);
    const auto none = model->encodingMeans(empty, "train", {}, {});
    QVERIFY(!none && none.error().what.find("'train' has no stay") != std::string::npos);
    const test::MemoryCohort cohort(70, 3);
    std::stop_source source;
    source.request_stop();
    QVERIFY(!model->encodingMeans(cohort, "train", {}, source.get_token()));

    test::MemoryCohort without(0, 0);
    for (int i = 1; i < 5; ++i) without.trainStays.push_back(sample(i, {"notes"}));
    Intervention change = changes("missing training-mean");
    change.means = *model->encodingMeans(without, "train", {}, {});
    QVERIFY(change.means->means[1].empty());
    PredictOptions options;
    options.intervention = change;
    const PredictRequest request{sample(3), 2};
    const auto refused = model->predict({&request, 1}, options, {});
    QVERIFY(!refused && refused.error().what.find("'notes'") != std::string::npos);
  }

  void gateGeometry() {
    ModelConfig config = test::smallConfig(Router::Disjoint);
    TensorMap parameters = test::randomParameters(config, 1);
    parameters["layers.1.router.notes.gate"].select(1, 0).zero_();
    const auto all = modelOf(config, parameters)->gateGeometry();
    QVERIFY(all && all->size() == 6);
    for (std::size_t i = 0; i < 6; ++i) {
      const GateGeometry& geometry = (*all)[i];
      QCOMPARE(geometry.layer, int(i) / 3);
      QCOMPARE(geometry.router, int(i) % 3);
      QCOMPARE(geometry.experts, (std::vector<int>{2 * (int(i) % 3), 2 * (int(i) % 3) + 1}));
      const std::string name = "layers." + std::to_string(i / 3) + ".router." + config.modalities[i % 3].name + ".gate";
      const at::Tensor gates = parameters.at(name).to(at::kDouble);
      for (int a = 0; a < 2; ++a)
        for (int b = 0; b < 2; ++b) {
          double squared = 0, product = 0, one = 0, two = 0;
          for (int k = 0; k < 8; ++k) {
            const double x = gates[k][a].item<double>(), y = gates[k][b].item<double>();
            squared += (x - y) * (x - y);
            product += x * y;
            one += x * x;
            two += y * y;
          }
          const std::size_t place = std::size_t(2 * a + b);
          QVERIFY(std::abs(geometry.distance[place] - std::sqrt(squared)) < 1e-12);
          QVERIFY(std::abs(geometry.cosine[place] - (one * two > 0 ? product / std::sqrt(one * two) : 0)) < 1e-12);
          QVERIFY(std::abs(geometry.norm[std::size_t(a)] - std::sqrt(one)) < 1e-12);
        }
    }
    QCOMPARE((*modelOf(test::smallConfig(Router::Joint))->gateGeometry())[1].experts.size(), std::size_t(6));
  }
};

QTEST_APPLESS_MAIN(TestMasks)
#include "tst_masks.moc"
