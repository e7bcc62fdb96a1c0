#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <QtTest>
#include <cmath>

#include "test_model.h"
#include "torch/moe/losses.h"
#include "torch/moe/sparse_moe.h"

using namespace fusemoe;

Q_DECLARE_METATYPE(fusemoe::Gate)
Q_DECLARE_METATYPE(fusemoe::Router)

namespace {

at::Tensor random(at::IntArrayRef shape, std::uint64_t seed, at::ScalarType type = at::kFloat) {
  at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  return at::randn(shape, generator, at::TensorOptions(at::kDouble)).to(type);
}

double largest(const at::Tensor& tensor) {
  return tensor.abs().max().item<double>();
}

Routing routed(Gate gate, int topK, std::uint64_t seed) {
  return route(gate, topK, random({40, 8}, seed), random({8, 6}, seed + 1), {}, nullptr);
}

/// Sums of routings of which only the dense distributions are known.
RoutingSums denseSums(const std::vector<Routing>& routings) {
  RoutingSums sums;
  for (const Routing& routing : routings) sums.dense.push_back(routing.dense.sum(0));
  sums.tokens = static_cast<double>(routings.front().dense.size(0));
  return sums;
}

}  // namespace

class TestMoe : public QObject {
  Q_OBJECT

  static void gates() {
    QTest::addColumn<Gate>("gate");
    QTest::newRow("softmax") << Gate::Softmax;
    QTest::newRow("laplace") << Gate::Laplace;
    QTest::newRow("gaussian") << Gate::Gaussian;
  }

 private Q_SLOTS:
  void logitsFollowTheirFormula() {
    const at::Tensor x = random({3, 4}, 1), w = random({4, 2}, 2);
    for (int t = 0; t < 3; ++t)
      for (int e = 0; e < 2; ++e) {
        const at::Tensor difference = x[t] - w.select(1, e);
        const double squared = difference.square().sum().item<double>();
        QVERIFY(std::abs(gateLogits(Gate::Softmax, x, w)[t][e].item<double>() -
                         (x[t] * w.select(1, e)).sum().item<double>()) < 1e-5);
        QVERIFY(std::abs(gateLogits(Gate::Laplace, x, w)[t][e].item<double>() + std::sqrt(squared)) < 1e-5);
        QVERIFY(std::abs(gateLogits(Gate::Gaussian, x, w)[t][e].item<double>() + squared) < 1e-5);
      }
  }

  void distanceGatesAreInvariantUnderAShift() {
    const at::Tensor x = random({10, 8}, 3, at::kDouble), w = random({8, 6}, 4, at::kDouble),
                     shift = 100 * random({8}, 5, at::kDouble);
    for (const Gate gate : {Gate::Laplace, Gate::Gaussian})
      QVERIFY(largest(gateLogits(gate, x, w) - gateLogits(gate, x + shift, w + shift.unsqueeze(1))) < 1e-9);
    QVERIFY(largest(gateLogits(Gate::Softmax, x, w) - gateLogits(Gate::Softmax, x + shift, w + shift.unsqueeze(1))) >
            1);
  }

  void topKWeights_data() { gates(); }
  void topKWeights() {
    QFETCH(Gate, gate);
    for (int topK = 1; topK <= 6; ++topK) {
      const Routing routing = routed(gate, topK, 7);
      QVERIFY(largest(routing.weights.sum(-1) - 1) < 1e-6);
      QVERIFY(largest(routing.dense.sum(-1) - 1) < 1e-6);
      const at::Tensor sparse = at::zeros_like(routing.logits).scatter(-1, routing.experts, routing.weights);
      QVERIFY(((sparse > 0).sum(-1) == topK).all().item<bool>());
      // Kept logits are the largest, and weights are the dense distribution renormalised over them.
      const at::Tensor kept = at::where(sparse > 0, routing.dense, at::zeros_like(routing.dense));
      QVERIFY(largest(sparse - kept / kept.sum(-1, true)) < 1e-6);
      const at::Tensor dropped = routing.logits.masked_fill(sparse > 0, -1e30);
      if (topK < 6)
        QVERIFY((dropped.amax(-1) <= routing.logits.gather(-1, routing.experts).amin(-1)).all().item<bool>());
    }
  }

  void loadCountsTokens() {
    const Routing routing = routed(Gate::Laplace, 2, 9);
    QCOMPARE(routing.load.sum().item<double>(), 80.0);
    QVERIFY(largest(importanceOf(routing).sum() - 40) < 1e-4);
  }

  void noiseIsSmoothAndSeeded() {
    const at::Tensor x = random({2000, 8}, 11), w = random({8, 6}, 12), noise = random({8, 6}, 13);
    auto run = [&](std::uint64_t seed) {
      NoiseGenerator generator(seed);
      generator.begin(0, 0, 2000);
      return route(Gate::Softmax, 2, x, w, noise, &generator);
    };
    const Routing first = run(1), again = run(1), other = run(2);
    QVERIFY(first.experts.equal(again.experts));
    QVERIFY(!first.experts.equal(other.experts));
    QVERIFY(first.logits.equal(other.logits));  // logits are reported without noise
    // The smooth load estimates how many tokens an expert keeps: its sum is near tokens × K, and it has a gradient.
    QVERIFY(std::abs(first.load.sum().item<double>() / 4000 - 1) < 0.05);
    QVERIFY(largest(first.load - at::bincount(first.experts.flatten(), {}, 6)) < 200);
  }

  void balanceLossKnownValues() {
    QCOMPARE(squaredVariation(at::full({5}, 3.0)).item<double>(), 0.0);
    QVERIFY(std::abs(squaredVariation(at::tensor({1.0, 3.0})).item<double>() - 0.5) < 1e-6);  // var 2, mean 2
    QCOMPARE(squaredVariation(at::tensor({7.0})).item<double>(), 0.0);
  }

  void entropyRegularizerBounds() {
    for (int seed = 0; seed < 50; ++seed) {
      std::vector<Routing> routings;
      for (int m = 0; m < 4; ++m) {
        routings.emplace_back();
        routings.back().dense =
            at::softmax(std::pow(3.0, seed % 5 - 1) * random({12, 6}, 100U * static_cast<unsigned>(seed) + m), -1);
      }
      const double value = entropyRegularizer(Router::PerModality, denseSums(routings)).item<double>();
      QVERIFY2(value <= 1e-6 && value >= -std::min(std::log(4.0), std::log(6.0)) - 1e-6, std::to_string(value).c_str());
    }
  }

  void equalRoutersGiveZero() {
    Routing routing;
    routing.dense = at::softmax(random({12, 6}, 1), -1);
    QVERIFY(std::abs(entropyRegularizer(Router::PerModality, denseSums({routing, routing, routing})).item<double>()) <
            1e-6);
    QCOMPARE(entropyRegularizer(Router::Joint, denseSums({routing})).item<double>(), 0.0);
  }

  void disjointOneHotRoutersGiveMinusLogM() {
    std::vector<Routing> shared, disjoint;
    for (int m = 0; m < 3; ++m) {
      shared.emplace_back();
      shared.back().dense = at::zeros({5, 6}).index_fill(1, at::tensor({std::int64_t{2} * m}), 1.0);
      disjoint.emplace_back();
      disjoint.back().dense = at::softmax(random({5, 2}, static_cast<std::uint64_t>(m)), -1);
    }
    QVERIFY(std::abs(entropyRegularizer(Router::PerModality, denseSums(shared)).item<double>() + std::log(3.0)) < 1e-6);
    QVERIFY(std::abs(entropyRegularizer(Router::Disjoint, denseSums(disjoint)).item<double>() + std::log(3.0)) < 1e-6);
  }

  /// d(loss)/d(parameter) against central differences in double, with experts fixed by a clear margin.
  void gradientsMatchDifferences_data() { gates(); }
  void gradientsMatchDifferences() {
    QFETCH(Gate, gate);
    ModelConfig config = test::smallConfig(Router::PerModality, gate);
    for (const ExpertOutput output : {ExpertOutput::Linear, ExpertOutput::LogSoftmax}) {
      config.expertOutput = output;
      TensorMap parameters = test::randomParameters(config, 3);
      for (auto& [name, tensor] : parameters) tensor = tensor.to(at::kDouble).requires_grad_(true);
      const std::vector<at::Tensor> input{random({2, 6, 8}, 21, at::kDouble), random({2, 6, 8}, 22, at::kDouble),
                                          random({2, 6, 8}, 23, at::kDouble)};
      auto loss = [&] {
        const SparseMoe moe(config, 0, parameters);
        const MoeOutput out = moe(input, nullptr);
        return at::cat(out.perModality, 0).square().mean() + balanceLoss(config.router, sumsOf(out.routings)) +
               entropyRegularizer(config.router, sumsOf(out.routings));
      };
      loss().backward();
      for (const char* name :
           {"layers.0.router.vitals.gate", "layers.0.expert.1.fc1.weight", "layers.0.expert.2.fc2.bias"}) {
        at::Tensor parameter = parameters.at(name);
        const at::Tensor gradient = parameter.grad();
        const at::Tensor values = parameter.detach().flatten();
        for (std::int64_t i = 0; i < values.numel(); i += 7) {
          const double numeric = test::numericDerivative(values, i, loss), exact = gradient.flatten()[i].item<double>();
          QVERIFY2(std::abs(numeric - exact) < 1e-6 + 1e-5 * std::abs(exact),
                   qPrintable(QString("%1[%2]: %3 and %4").arg(name).arg(i).arg(numeric).arg(exact)));
        }
      }
    }
  }

  void gradientIsFiniteWhereATokenIsAGateVector() {
    for (const Gate gate : {Gate::Laplace, Gate::Gaussian}) {
      at::Tensor x = random({4, 8}, 31).requires_grad_(true);
      const at::Tensor w = x.detach().t().contiguous().requires_grad_(true);
      gateLogits(gate, x, w).sum().backward();
      QVERIFY(at::isfinite(x.grad()).all().item<bool>());
      QVERIFY(at::isfinite(w.grad()).all().item<bool>());
    }
  }

  void onlyChosenExpertsAreComputed_data() {
    QTest::addColumn<Router>("router");
    QTest::newRow("joint") << Router::Joint;
    QTest::newRow("permod") << Router::PerModality;
    QTest::newRow("disjoint") << Router::Disjoint;
  }
  /// Experts nobody chose are filled with NaN: had one been computed, or weighted by zero, NaN would come out.
  void onlyChosenExpertsAreComputed() {
    QFETCH(Router, router);
    ModelConfig config = test::smallConfig(router, Gate::Laplace, TokenGranularity::Sequence);
    config.topK = 1;
    TensorMap parameters = test::randomParameters(config, 5);
    const std::vector<at::Tensor> input{random({1, 6, 8}, 41), random({1, 6, 8}, 42), random({1, 6, 8}, 43)};
    const MoeOutput before = SparseMoe(config, 0, parameters)(input, nullptr);
    std::set<std::int64_t> chosen;
    for (std::size_t r = 0; r < before.routings.size(); ++r)
      chosen.insert(before.routings[r].experts.item<std::int64_t>() +
                    (router == Router::Disjoint ? 2 * static_cast<std::int64_t>(r) : 0));
    QVERIFY(chosen.size() < 6);
    for (int e = 0; e < 6; ++e)
      if (!chosen.count(e))
        for (const char* part : {".fc1.weight", ".fc2.bias"}) {
          const std::string name = "layers.0.expert." + std::to_string(e) + part;
          parameters[name] = at::full_like(parameters[name], std::nan(""));
        }
    QVERIFY(SparseMoe(config, 0, parameters)(input, nullptr).combined.equal(before.combined));
  }

  void linearAndLogSoftmaxOutputsFollowTheirFormula() {
    for (const ExpertOutput kind : {ExpertOutput::Linear, ExpertOutput::LogSoftmax}) {
      ModelConfig config = test::smallConfig(Router::Joint, Gate::Softmax);
      config.expertOutput = kind;
      const TensorMap parameters = test::randomParameters(config, 6);
      const std::vector<at::Tensor> input{random({2, 6, 8}, 51), random({2, 6, 8}, 52), random({2, 6, 8}, 53)};
      const MoeOutput out = SparseMoe(config, 0, parameters)(input, nullptr);
      for (std::int64_t t = 0; t < 12; ++t) {
        at::Tensor sum = at::zeros({24});
        for (std::int64_t k = 0; k < 2; ++k) {
          const std::string name =
              "layers.0.expert." + std::to_string(out.routings[0].experts[t][k].item<std::int64_t>());
          const Linear fc1(parameters, name + ".fc1"), fc2(parameters, name + ".fc2");
          at::Tensor y = fc2(at::gelu(fc1(out.tokens[0][t])));
          if (kind == ExpertOutput::LogSoftmax) y = at::softmax(y, -1);
          sum = sum + out.routings[0].weights[t][k] * y;
        }
        if (kind == ExpertOutput::LogSoftmax) sum = sum.log();
        QVERIFY(largest(out.combined[t] - sum) < 1e-4);
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestMoe)
#include "tst_moe.moc"
