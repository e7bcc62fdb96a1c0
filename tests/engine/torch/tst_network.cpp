#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <QtTest>
#include <cmath>

#include "test_model.h"
#include "torch/inference/prepare.h"
#include "torch/inference/torch_model.h"

using namespace fusemoe;
using test::sample;

Q_DECLARE_METATYPE(fusemoe::Gate)
Q_DECLARE_METATYPE(fusemoe::Router)
Q_DECLARE_METATYPE(fusemoe::TokenGranularity)

namespace {

std::unique_ptr<TorchModel> modelOf(const ModelConfig& config, std::uint64_t seed = 1) {
  return std::make_unique<TorchModel>(LoadedModel{config, test::randomParameters(config, seed), {}},
                                      at::Device(at::kCPU));
}

RoutingResult one(const Model& model, const PredictRequest& request, const PredictOptions& options = {}) {
  auto results = model.predict({&request, 1}, options, {});
  if (!results) qFatal("%s", results.error().what.c_str());
  return *results->front();
}

double largest(const at::Tensor& tensor) {
  return tensor.abs().max().item<double>();
}

}  // namespace

class TestNetwork : public QObject {
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
  static std::unique_ptr<TorchModel> fetched() {
    QFETCH(Router, router);
    QFETCH(Gate, gate);
    QFETCH(TokenGranularity, token);
    return modelOf(test::smallConfig(router, gate, token));
  }

 private Q_SLOTS:
  void initTestCase() { at::set_num_threads(2); }

  void resultShapesAndSums_data() { everyKind(); }
  void resultShapesAndSums() {
    const auto model = fetched();
    const ModelConfig& config = model->config();
    const RoutingResult result = one(*model, {sample(3), 0}, {true, nullptr, true, {}});
    QCOMPARE(result.probability.size(), std::size_t(1));
    QCOMPARE(result.layers.size(), std::size_t(2));
    for (const LayerResult& layer : result.layers) {
      QCOMPARE(int(layer.routers.size()), config.routerCount());
      double importance = 0, load = 0, tokens = 0;
      for (const RouterResult& router : layer.routers) {
        QCOMPARE(router.dense.size(), std::size_t(router.tokens) * 6);
        QCOMPARE(router.topKExpert.size(), std::size_t(router.tokens) * 2);
        double dense = 0, kept = 0;
        for (const float p : router.meanDense) dense += p;
        for (const float p : router.meanTopK) kept += p;
        QVERIFY(std::abs(dense - 1) < 1e-5 && std::abs(kept - 1) < 1e-5);
        tokens += router.tokens;
      }
      for (const float value : layer.importance) importance += value;
      for (const float value : layer.load) load += value;
      QVERIFY(std::abs(importance - tokens) < 1e-3);
      QCOMPARE(load, 2 * tokens);
      QVERIFY(layer.entropy.regularizer <= 0 && layer.entropy.regularizer >= layer.entropy.lowerBound);
      QCOMPARE(layer.entropy.perModality.size(), layer.routers.size());
      if (config.router == Router::Joint) QCOMPARE(layer.entropy.regularizer, 0.0);
      if (config.router == Router::Disjoint) QVERIFY(std::abs(layer.entropy.regularizer + std::log(3.0)) < 1e-6);
      QCOMPARE(layer.projection.tokens.size(), std::size_t(tokens) * 3);
    }
    for (const AttentionMap& map : result.attention) {
      const std::size_t count = map.hours.size();
      QCOMPARE(map.weights.size(), count * 6);
      for (std::size_t bin = 0; bin < 6; ++bin) {
        double sum = 0;
        for (std::size_t n = 0; n < count; ++n) sum += map.weights[bin * count + n];
        QVERIFY(std::abs(sum - 1) < 1e-5);
      }
    }
    QCOMPARE(result.attention.size(), std::size_t(2));  // static modalities have no attention
  }

  /// The same numbers alone, in any batch and order, and with any number of threads.
  void independentOfBatchOrderAndThreads_data() { everyKind(); }
  void independentOfBatchOrderAndThreads() {
    const auto model = fetched();
    std::vector<PredictRequest> requests;
    for (int i = 1; i <= 9; ++i)
      requests.push_back({sample(i, i % 4 == 0 ? std::vector<std::string>{"notes"} : std::vector<std::string>{}),
                          ModalityMask(i % 3 == 0 ? 1 : 0)});
    std::vector<RoutingResult> alone;
    for (const PredictRequest& request : requests) alone.push_back(one(*model, request));
    std::reverse(requests.begin(), requests.end());
    for (const int threads : {1, 2}) {
      at::set_num_threads(threads);
      const auto batch = *model->predict(requests, {}, {});
      for (std::size_t i = 0; i < requests.size(); ++i) {
        const RoutingResult &a = alone[requests.size() - 1 - i], &b = *batch[i];
        QCOMPARE(a.probability, b.probability);  // to the bit
        for (std::size_t l = 0; l < 2; ++l)
          for (std::size_t r = 0; r < a.layers[l].routers.size(); ++r)
            QCOMPARE(a.layers[l].routers[r].logits, b.layers[l].routers[r].logits);
      }
    }
  }

  /// On the axes of another state, what is the same in both (the gate vectors) lies at the same places.
  void statesShareAxes_data() { everyKind(); }
  void statesShareAxes() {
    const auto model = fetched();
    const RoutingResult whole = one(*model, {sample(3), 0}, {true, nullptr, false, {}});
    QVERIFY(whole.basis && !whole.basis->source.empty());
    const RoutingResult masked = one(*model, {sample(3), 1}, {true, whole.basis, false, {}});
    QCOMPARE(masked.basis, whole.basis);
    QCOMPARE(masked.key.basis, whole.basis->source);
    for (std::size_t l = 0; l < 2; ++l) {
      const Projection &before = whole.layers[l].projection, &after = masked.layers[l].projection;
      QCOMPARE(after.gateVectors, before.gateVectors);
      QVERIFY(after.tokens != before.tokens);
      // Axes are orthonormal, in order of variance, and explain no more than all of it.
      const std::vector<float>& axes = whole.basis->layers[l].axes;
      const std::size_t width = axes.size() / 3;
      for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t b = 0; b <= a; ++b) {
          double product = 0;
          for (std::size_t i = 0; i < width; ++i) product += double(axes[a * width + i]) * double(axes[b * width + i]);
          QVERIFY2(std::abs(product - (a == b ? 1 : 0)) < 1e-5, qPrintable(QString::number(product)));
        }
      const auto& share = before.explained;
      QVERIFY(share[0] >= share[1] && share[1] >= share[2] && share[0] + share[1] + share[2] <= 1 + 1e-9);
    }
    const auto other = modelOf([] {
      ModelConfig config = test::smallConfig();
      config.width *= 2;
      return config;
    }());
    const PredictRequest request{sample(3), 0};
    const auto refused = other->predict({&request, 1}, {true, whole.basis, false, {}}, {});
    QVERIFY(!refused);
  }

  void repeatedPredictionIsIdentical() {
    const auto model = modelOf(test::smallConfig());
    const RoutingResult first = one(*model, {sample(5), 2}), again = one(*model, {sample(5), 2});
    QCOMPARE(first.probability, again.probability);
    QCOMPARE(first.layers[1].routers[0].logits, again.layers[1].routers[0].logits);
  }

  /// Masking does exactly what missing does, for each mechanism.
  void maskedEqualsAbsent() {
    for (const MissingMechanism missing : {MissingMechanism::Learned, MissingMechanism::Zeros}) {
      ModelConfig config = test::smallConfig();
      config.missing = missing;
      const auto model = modelOf(config);
      const RoutingResult masked = one(*model, {sample(5), 2}), absent = one(*model, {sample(5, {"notes"}), 0});
      QCOMPARE(masked.probability, absent.probability);
      QCOMPARE(masked.layers[1].importance, absent.layers[1].importance);
      QCOMPARE(masked.states[1], ModalityState::Masked);
      QCOMPARE(absent.states[1], ModalityState::Absent);
      QCOMPARE(one(*model, {sample(5, {"notes"}), 2}).states[1], ModalityState::Absent);
      QVERIFY(one(*model, {sample(5), 0}).probability != masked.probability);
      QVERIFY(std::isfinite(one(*model, {sample(5), 7}).probability[0]));  // everything masked
    }
  }

  void mtandMatchesItsDefinition() {
    const ModelConfig config = test::smallConfig();
    const TensorMap parameters = test::randomParameters(config, 8);
    const MultiTimeAttention attention(parameters, "encoder.vitals", config.heads);
    const TimeEmbedding time(parameters);
    at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(3);
    const at::Tensor times = at::rand({2, 9}, generator, at::TensorOptions(at::kFloat));
    const at::Tensor mask = (at::rand({2, 9, 3}, generator, at::TensorOptions(at::kFloat)) > 0.6).to(at::kFloat);
    const at::Tensor values = at::randn({2, 9, 3}, generator, at::TensorOptions(at::kFloat)) * mask;
    const at::Tensor query = time(at::linspace(0, 1, 6));
    const at::Tensor scores = attention.scores(query, time(times));
    // The definition, materialised: softmax over observations per channel, masked by −10000.
    const at::Tensor both = at::cat({mask, mask}, -1), raw = at::cat({values, mask}, -1);
    const at::Tensor weights =
        at::softmax(scores.unsqueeze(-1).masked_fill(both.unsqueeze(1).unsqueeze(1) == 0, -10000.0), -2);
    const at::Tensor attended = (weights * raw.unsqueeze(1).unsqueeze(1)).sum(-2);
    const Linear out(parameters, "encoder.vitals.out");
    const at::Tensor expected = out(attended.transpose(1, 2).reshape({2, 6, 12}));
    QVERIFY(largest(attention.attendPerChannel(scores, values, mask) - expected) < 1e-5);
    // Scores so far apart that exp(score − largest) of one channel's only observation is 0 in float32.
    at::Tensor far = at::zeros({1, 2, 6, 2});
    far.select(3, 1).fill_(200.0);
    const at::Tensor one = at::tensor({1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F}).view({1, 2, 3});
    const at::Tensor two = attention.attendPerChannel(far, 5 * one, one);
    const at::Tensor near = attention.attendPerChannel(at::zeros({1, 2, 6, 2}), 5 * one, one);
    QVERIFY(largest(two - near) < 1e-5);
  }

  void sharedMaskMatchesItsDefinition() {
    const ModelConfig config = test::smallConfig();
    const TensorMap parameters = test::randomParameters(config, 9);
    const MultiTimeAttention attention(parameters, "encoder.notes", config.heads);
    const TimeEmbedding time(parameters);
    at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(4);
    const at::Tensor times = at::rand({1, 4}, generator, at::TensorOptions(at::kFloat)),
                     mask = at::tensor({1.0F, 1.0F, 1.0F, 0.0F}).view({1, 4});
    const at::Tensor values = at::randn({1, 4, 5}, generator, at::TensorOptions(at::kFloat));
    const at::Tensor scores = attention.scores(time(at::linspace(0, 1, 6)), time(times));
    const at::Tensor weights = at::softmax(scores.masked_fill(mask.view({1, 1, 1, 4}) == 0, -10000.0), -1);
    const Linear out(parameters, "encoder.notes.out");
    const at::Tensor expected = out(at::matmul(weights, values.unsqueeze(1)).transpose(1, 2).reshape({1, 6, 10}));
    QVERIFY(largest(attention.attendShared(scores, values, mask) - expected) < 1e-5);
  }

  /// The whole network, from time embedding to head, against central differences in double.
  void gradientsMatchDifferences() {
    ModelConfig config = test::smallConfig();
    TensorMap parameters = test::randomParameters(config, 12);
    for (auto& [name, tensor] : parameters) tensor = tensor.to(at::kDouble).requires_grad_(true);
    const std::vector<PredictRequest> requests{{sample(5), 0}, {sample(6), 2}};
    Batch batch = *prepare(config, requests);
    for (ModalityInput& input : batch.modalities)
      for (at::Tensor* tensor : {&input.times, &input.values, &input.mask, &input.grid})
        if (tensor->defined()) *tensor = tensor->to(at::kDouble);
    auto loss = [&] { return Network(config, parameters)(batch).logits.square().sum(); };
    loss().backward();
    int compared = 0;
    for (const auto& [name, parameter] : parameters) {
      if (!parameter.grad().defined()) continue;
      const at::Tensor values = parameter.detach().flatten();
      const std::int64_t i = values.numel() / 2;
      const double numeric = test::numericDerivative(values, i, loss),
                   exact = parameter.grad().flatten()[i].item<double>();
      QVERIFY2(std::abs(numeric - exact) < 1e-5 + 1e-4 * std::abs(exact),
               qPrintable(QString("%1: %2 and %3").arg(QString::fromStdString(name)).arg(numeric).arg(exact)));
      ++compared;
    }
    QVERIFY(compared > 100);
  }

  void regularGridCarriesForward() {
    auto stay = std::make_shared<Sample>(*sample(2));
    stay->modalities[0].variables[0].observations = {{9, 90}, {10, 100}, {48, 70}};
    const PredictRequest request{stay, 0};
    const at::Tensor grid = prepare(test::smallConfig(), {&request, 1})->modalities[0].grid[0];  // 6 bins of 8 h
    const std::vector<double> values{0, 2, 2, 2, 2, -1}, observed{0, 1, 0, 0, 0, 1};
    for (int bin = 0; bin < 6; ++bin) {
      QVERIFY(std::abs(grid[bin][0].item<double>() - values[std::size_t(bin)]) < 1e-6);
      QCOMPARE(grid[bin][3].item<double>(), observed[std::size_t(bin)]);
    }
  }

  void summaryGridTellsRecencyAndExtremes() {
    auto stay = std::make_shared<Sample>(*sample(2));
    stay->modalities[0].variables[0].observations = {{9, 90}, {10, 100}, {12, 70}};
    ModelConfig config = test::smallConfig();
    config.modalities[0].grid = GridChannels::Summary;
    const PredictRequest request{stay, 0};
    const at::Tensor grid = prepare(config, {&request, 1})->modalities[0].grid[0];  // 6 bins of 8 h, 3 variables
    QCOMPARE(grid.size(1), std::int64_t(5 * 3));
    auto channel = [&](int bin, int index) { return grid[bin][3 * index].item<double>(); };
    const double value = channel(1, 0), greatest = channel(1, 4);
    for (int index = 0; index < 5; ++index) QCOMPARE(channel(0, index), 0.0);  // nothing yet
    QVERIFY(greatest > value);
    QCOMPARE(channel(1, 3), value);  // the last is the least
    QVERIFY(std::abs(channel(1, 2) - std::exp(-4.0 / 8)) < 1e-6);
    QVERIFY(std::abs(channel(2, 2) - std::exp(-12.0 / 8)) < 1e-6);
    for (int index : {0, 3, 4}) QCOMPARE(channel(2, index), value);  // carried forward
    QCOMPARE(channel(2, 1), 0.0);
  }

  void logarithmIsTakenBeforeStandardising() {
    auto stay = std::make_shared<Sample>(*sample(2));
    stay->modalities[0].variables[0].observations = {{1, 99}, {2, -5}};
    ModelConfig config = test::smallConfig();
    config.modalities[0].variables[0] = {config.modalities[0].variables[0].name, "", "", 2.0, 0.5, true};
    const PredictRequest request{stay, 0};
    const ModalityInput input = prepare(config, {&request, 1})->modalities[0];
    const at::Tensor observed = input.mask[0].select(1, 0) > 0;
    const at::Tensor values = input.values[0].select(1, 0).masked_select(observed);
    QCOMPARE(values.numel(), std::int64_t(2));
    QVERIFY(std::abs(values[0].item<double>() - (std::log(100.0) - 2) / 0.5) < 1e-5);
    QVERIFY(std::abs(values[1].item<double>() + 4) < 1e-6);  // log(1 + 0)
  }

  void meanPoolingFeedsTheHead() {
    ModelConfig config = test::smallConfig();
    config.pooling = Pooling::MeanLast;
    const TensorMap parameters = test::randomParameters(config, 3);
    const PredictRequest request{sample(2), 0};
    const NetworkOutput output = Network(config, parameters)(*prepare(config, {&request, 1}));
    std::vector<at::Tensor> pooled;
    for (const at::Tensor& hidden : output.hidden) {
      pooled.push_back(hidden.mean(1));
      pooled.push_back(hidden.select(1, config.bins - 1));
    }
    const at::Tensor joined = at::cat(pooled, -1);
    const Linear first(parameters, "head.fc1"), second(parameters, "head.fc2"), last(parameters, "head.out");
    QVERIFY(largest(output.logits - last(second(at::relu(first(joined))) + joined)) < 1e-5);
  }

  void badSamplesAreClearErrors() {
    const auto model = modelOf(test::smallConfig());
    auto wide = std::make_shared<Sample>(*sample(2));
    wide->modalities[1].events[0].vector.push_back(1);
    auto infinite = std::make_shared<Sample>(*sample(2));
    infinite->modalities[0].variables[0].observations[0].value = INFINITY;
    for (const auto& [bad, word] : {std::pair(wide, "width"), std::pair(infinite, "finite")}) {
      const PredictRequest request{bad, 0};
      const auto result = model->predict({&request, 1}, {}, {});
      QVERIFY(!result);
      QVERIFY2(result.error().what.find(word) != std::string::npos, result.error().what.c_str());
    }
  }

  void stops() {
    const auto model = modelOf(test::smallConfig());
    std::stop_source source;
    source.request_stop();
    const PredictRequest request{sample(2), 0};
    QVERIFY(!model->predict({&request, 1}, {}, source.get_token()));
  }
};

QTEST_APPLESS_MAIN(TestNetwork)
#include "tst_network.moc"
