#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>

#include <QtTest>
#include <cmath>

#include "test_model.h"
#include "torch/inference/prepare.h"
#include "torch/training/dataset.h"
#include "torch/training/objective.h"
#include "torch/training/optimizer.h"

using namespace fusemoe;

namespace {

double largestDifference(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

bool same(const at::Tensor& a, const at::Tensor& b) {
  return a.defined() == b.defined() && (!a.defined() || (a.sizes() == b.sizes() && a.equal(b)));
}

}  // namespace

/// The parts a trainer is made of, each against what it stands for.
class TestTrainingParts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void adamIsTorchsAdam_data() {
    QTest::addColumn<bool>("decoupled");
    QTest::addColumn<double>("decay");
    QTest::newRow("adam") << false << 0.0;
    QTest::newRow("adam with decay") << false << 0.1;
    QTest::newRow("adamw") << true << 0.1;
  }
  void adamIsTorchsAdam() {
    QFETCH(bool, decoupled);
    QFETCH(double, decay);
    TrainConfig options;
    options.optimizer = decoupled ? Optimizer::AdamW : Optimizer::Adam;
    options.weightDecay = decay;
    at::manual_seed(1);
    at::Tensor values = at::randn({40}), expected = values.clone().requires_grad_(true);
    AdamStepper stepper(options, values);
    std::unique_ptr<torch::optim::Optimizer> theirs;
    if (decoupled)
      theirs = std::make_unique<torch::optim::AdamW>(std::vector{expected},
                                                     torch::optim::AdamWOptions(0.01).weight_decay(decay));
    else
      theirs = std::make_unique<torch::optim::Adam>(std::vector{expected},
                                                    torch::optim::AdamOptions(0.01).weight_decay(decay));
    for (int i = 0; i < 20; ++i) {
      at::Tensor gradient = at::randn({40});
      expected.mutable_grad() = gradient.clone();
      theirs->step();
      stepper.step(values, gradient, 0.01);
    }
    QCOMPARE(stepper.steps(), std::int64_t(20));
    QVERIFY2(largestDifference(values, expected.detach()) < 1e-6,
             qPrintable(QString::number(largestDifference(values, expected.detach()))));
  }

  void learningRates_data() {
    QTest::addColumn<int>("schedule");
    QTest::addColumn<double>("warmup");
    QTest::addColumn<int>("update");
    QTest::addColumn<double>("rate");  // of 1, in 100 updates
    QTest::newRow("constant") << 0 << 0.0 << 99 << 1.0;
    QTest::newRow("warming") << 0 << 0.1 << 0 << 0.1;
    QTest::newRow("warm") << 0 << 0.1 << 9 << 1.0;
    QTest::newRow("linear begins") << 1 << 0.0 << 0 << 1.0;
    QTest::newRow("linear half way") << 1 << 0.0 << 50 << 0.5;
    QTest::newRow("linear after warm-up") << 1 << 0.2 << 60 << 0.5;
    QTest::newRow("cosine half way") << 2 << 0.0 << 50 << 0.5;
    QTest::newRow("cosine quarter") << 2 << 0.0 << 25 << 0.5 * (1 + std::sqrt(0.5));
    QTest::newRow("cosine ends near 0") << 2 << 0.0 << 100 << 0.0;
    QTest::newRow("all warm-up") << 2 << 1.0 << 49 << 0.5;
  }
  void learningRates() {
    QFETCH(int, schedule);
    QFETCH(double, warmup);
    QFETCH(int, update);
    QFETCH(double, rate);
    TrainConfig options;
    options.learningRate = 1;
    options.schedule = static_cast<Schedule>(schedule);
    options.warmup = warmup;
    QVERIFY(std::abs(learningRateAt(options, update, 100) - rate) < 1e-12);
  }

  void averageIsWarmedUp() {
    at::Tensor average = at::zeros({1});
    updateAverage(average, at::ones({1}), 0.999, 1);
    QVERIFY(std::abs(average.item<double>() - (1 - 2.0 / 11)) < 1e-6);  // min(0.999, 2/11) of the old is kept
    average.zero_();
    updateAverage(average, at::ones({1}), 0.9, 1000);
    QVERIFY(std::abs(average.item<double>() - 0.1) < 1e-6);
  }

  void parametersShareOneBuffer() {
    const TensorMap initial{{"encoder.a.key.bias", at::ones({3})},
                            {"layers.0.a.attention.in.bias", at::ones({6})},
                            {"w", at::full({2, 5}, 2.0)}};
    FlatParameters flat(initial, at::kCPU);
    QCOMPARE(flat.leaves().at("w").sum().item<double>(), 20.0);
    for (const auto& [name, leaf] : flat.leaves()) (leaf * 3.0).sum().backward();
    QCOMPARE(flat.gradient().sum().item<double>(), 3.0 * (3 + 6 + 10));
    flat.clearShiftGradients();  // the keys' biases: all of one, the middle third of the other
    QCOMPARE(flat.gradient().sum().item<double>(), 3.0 * (4 + 10));
    QVERIFY(same(flat.named(flat.gradient()).at("layers.0.a.attention.in.bias"),
                 at::tensor({3., 3., 0., 0., 3., 3.}, at::kFloat)));
    flat.values().add_(1);
    QCOMPARE(flat.leaves().at("w")[1][4].item<double>(), 3.0);
  }

  /// What is prepared once and put together is what is prepared together, number for number, masks included.
  void assembledBatchesArePreparedBatches() {
    const ModelConfig config = test::smallConfig();
    std::vector<PredictRequest> requests{{test::sample(1), 0},
                                         {test::sample(2, {"notes"}), 5},
                                         {test::sample(3, {"vitals", "body"}), 0},
                                         {test::sample(5), 2}};
    std::vector<PreparedSample> prepared;
    std::vector<const PreparedSample*> pointers;
    std::vector<ModalityMask> masks;
    for (const PredictRequest& request : requests) prepared.push_back(*prepareSample(config, {request.sample, 0}));
    for (std::size_t i = 0; i < requests.size(); ++i) {
      pointers.push_back(&prepared[i]);
      masks.push_back(requests[i].mask);
    }
    const Batch together = *prepare(config, requests), assembled = assemble(config, pointers, masks);
    for (std::size_t m = 0; m < config.modalities.size(); ++m) {
      const ModalityInput &a = together.modalities[m], &b = assembled.modalities[m];
      QVERIFY(same(a.missing, b.missing));
      QVERIFY(same(a.times, b.times));
      QVERIFY(same(a.values, b.values));
      QVERIFY(same(a.mask, b.mask));
      QVERIFY(same(a.grid, b.grid));
    }
  }

  void noiseDoesNotDependOnTheSplit() {
    const at::Tensor whole = at::empty({8 * 6, 10}), part = at::empty({3 * 6, 10});
    NoiseGenerator all(7), some(7), other(8);
    all.begin(4, 0, 8);
    some.begin(4, 2, 3);  // samples 2, 3 and 4
    other.begin(4, 0, 8);
    const at::Tensor keep = all.keep(whole, 0.3), normal = all.normal(whole);
    QVERIFY(some.keep(part, 0.3).equal(keep.narrow(0, 12, 18)));
    QVERIFY(some.normal(part).equal(normal.narrow(0, 12, 18)));
    QVERIFY(!other.keep(whole, 0.3).equal(keep));
    QVERIFY(!all.keep(whole, 0.3).equal(keep));  // another call
    // Two groups of 48 rows; the part has two groups of 18. Row 1 of sample 2 in the second group is the same row.
    const std::uint64_t call = all.nextCall();
    some.nextCall();
    QCOMPARE(some.nextCall(), call);
    const at::Tensor row = all.keepRows(call, whole, 10, 0.5, at::tensor({std::int64_t{48 + 13}}), 48);
    QVERIFY(some.keepRows(call, whole, 10, 0.5, at::tensor({std::int64_t{18 + 1}}), 18).equal(row));
  }

  void noiseHasItsDistributionOnAnyNumberOfThreads() {
    const at::Tensor like = at::empty({1000, 1000});
    auto draw = [&](int threads) {
      at::set_num_threads(threads);
      NoiseGenerator noise(3);
      noise.begin(1, 0, 1000);
      return std::pair(noise.keep(like, 0.2), noise.normal(like));
    };
    const auto [keep, normal] = draw(1);
    const auto [keepAgain, normalAgain] = draw(2);
    QVERIFY(keep.equal(keepAgain) && normal.equal(normalAgain));
    QVERIFY(std::abs((keep > 0).to(at::kFloat).mean().item<double>() - 0.8) < 0.002);
    QVERIFY(std::abs(keep.max().item<double>() - 1.25) < 1e-6);
    QVERIFY(std::abs(normal.mean().item<double>()) < 0.004);
    QVERIFY(std::abs(normal.var().item<double>() - 1) < 0.006);
    QVERIFY(std::abs(normal.pow(4).mean().item<double>() - 3) < 0.06);
    for (const std::int64_t axis : {0, 1}) {  // neighbours have nothing in common
      const at::Tensor a = normal.narrow(axis, 0, 999), b = normal.narrow(axis, 1, 999);
      QVERIFY(std::abs((a * b).mean().item<double>()) < 0.004);
    }
  }

  void observationsAreLeftOut() {
    const test::MemoryCohort cohort(60, 1);
    const ModelConfig config = test::smallConfig();
    auto dataset = *Dataset::read(cohort, config, "train", {});
    QVERIFY(dataset.prepareAll(config, {}).has_value());
    std::vector<std::size_t> rows(dataset.size()), half;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
    for (std::size_t i = 20; i < 50; ++i) half.push_back(i);
    const double before = dataset.batch(config, rows)->modalities[0].mask.sum().item<double>();
    const Batch less = *dataset.batch(config, rows, {0, 0.3, 1, 2, 0});
    const double share = less.modalities[0].mask.sum().item<double>() / before;
    QVERIFY2(share > 0.63 && share < 0.77, qPrintable(QString::number(share)));
    QVERIFY(!less.modalities[0].missing.any().item<bool>());
    QVERIFY(same(less.modalities[2].values, dataset.batch(config, rows)->modalities[2].values));  // static ones stay
    const Batch part = *dataset.batch(config, half, {0, 0.3, 1, 2, 20});
    QVERIFY(same(part.modalities[0].grid, less.modalities[0].grid.narrow(0, 20, 30)));
    const Batch none = *dataset.batch(config, rows, {0, 0.999, 1, 2, 0});
    QVERIFY(!none.modalities[0].missing.any().item<bool>());
  }

  void taskLosses() {
    const at::Tensor logits = at::tensor({0.3F, -0.7F, 1.2F, 0.4F}).view({2, 2}),
                     labels = at::tensor({1.F, 0.F}).view({2, 1});
    const double first = std::log(1 + std::exp(0.3 + 0.7)), second = std::log(1 + std::exp(0.4 - 1.2));
    QVERIFY(std::abs(taskLossSum(TaskKind::Binary, logits, labels, 3, 0).item<double>() - (3 * first + second)) < 1e-5);
    const std::vector<float> truth{1, 0};
    QCOMPARE(taskLossWeight(TaskKind::Binary, truth, 3), 4.0);
    QCOMPARE(taskLossWeight(TaskKind::MultiClass, truth, 3), 2.0);
    // Smoothing by s takes s/2 of the target to the other class.
    const double smooth = taskLossSum(TaskKind::Binary, logits, labels, 1, 0.2).item<double>();
    QVERIFY(std::abs(smooth - (0.9 * first + 0.1 * (first - 1.0) + 0.9 * second + 0.1 * (second + 0.8))) < 1e-5);
  }
};

QTEST_APPLESS_MAIN(TestTrainingParts)
#include "tst_training_parts.moc"
