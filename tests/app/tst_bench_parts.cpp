#include <QtTest>
#include <algorithm>
#include <cmath>

#include "cli/bench_models.h"
#include "cli/bench_rows.h"
#include "cli/bench_sample.h"
#include "cli/bench_work.h"

using namespace fusemoe;
using namespace fusemoe::cli;

namespace {

/// γ 2, D 4, hidden 3, one layer, one static variable: small enough to count by hand.
ModelConfig tinyConfig() {
  SmallModel small;
  small.modalities = small.variables = small.layers = small.topK = 1;
  small.bins = small.experts = 2;
  small.width = 4;
  small.expertHidden = 3;
  small.token = TokenGranularity::Bin;
  ModelConfig config = smallConfig(small);
  config.modalities[0].kind = ModalityKind::Static;
  return config;
}

ModelConfig paperShapes() {
  ModelConfig config = smallConfig({});
  config.bins = 48;
  config.width = 128;
  config.expertHidden = 512;
  return config;
}

BenchReport aReport() {
  BenchReport report;
  report.machine.processor = "a processor";
  report.floors = {50e9, 300e9};
  BenchRow row{"predict.warm", "One mask.", {}, timingOf({10, 20, 30}), BenchFloor{"reading", 10}, {}, {{"flop", 5.0}}};
  row.aim = BenchAim{"time over floor", 2.0, 2.5, false};
  report.rows = {row, BenchRow::skip("startup", "The window.", "it is not here")};
  return report;
}

}  // namespace

/// What `fusemoe bench` counts, draws and prints, apart from measuring.
class TestBenchParts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void quantiles_data() {
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("expected");
    QTest::newRow("none") << QList<double>{} << 0.5 << 0.0;
    QTest::newRow("one") << QList<double>{7} << 0.95 << 7.0;
    QTest::newRow("median of three") << QList<double>{9, 1, 5} << 0.5 << 5.0;
    QTest::newRow("median of four") << QList<double>{4, 1, 3, 2} << 0.5 << 2.5;
    QTest::newRow("p95 of 0 to 100 by fives") << QList<double>{100, 0, 50, 25, 75} << 0.95 << 95.0;
    QTest::newRow("least") << QList<double>{3, 2, 8} << 0.0 << 2.0;
    QTest::newRow("greatest") << QList<double>{3, 2, 8} << 1.0 << 8.0;
  }
  void quantiles() {
    QFETCH(QList<double>, values);
    QFETCH(double, share);
    QFETCH(double, expected);
    QCOMPARE(quantile({values.begin(), values.end()}, share), expected);
  }

  void slopesOfCurves() {
    QVERIFY(std::abs(logSlope({{2, 12}, {4, 48}, {8, 192}}) - 2) < 1e-12);
    QVERIFY(std::abs(logSlope({{8, 3}, {16, 3}, {128, 3}})) < 1e-12);
    QCOMPARE(logSlope({{8, 3}}), 0.0);
    QCOMPARE(logSlope({{8, 3}, {8, 5}}), 0.0);
    QCOMPARE(logSlope({{8, 3}, {16, 0}}), 0.0);
  }

  void repetitionsEnd() {
    int calls = 0;
    const auto fast = [&]() -> Result<double> { return ++calls; };
    QCOMPARE(repeated({60, 3, 3}, {}, fast).value(), (std::vector<double>{1, 2, 3}));
    QCOMPARE(repeated({0, 3, 10}, {}, fast)->size(), std::size_t{1});
    QCOMPARE(repeated({60, 3, 10}, {}, fast)->size(), std::size_t{10});
    std::stop_source stop;
    const auto stops = [&]() -> Result<double> {
      stop.request_stop();
      return 1;
    };
    QVERIFY(!repeated({60, 3, 10}, stop.get_token(), stops));
    const auto fails = []() -> Result<double> { return failure("It failed."); };
    QCOMPARE(repeated({60, 3, 10}, {}, fails).error().what, std::string("It failed."));
  }

  void flopsAsCountedByHand() {
    ModelConfig config = tinyConfig();
    const SamplePtr sample = inventSample(config, 1);
    FlopCount count = flopsOf(config, *sample, 0);
    QCOMPARE(count.encoders, 2.0 * 1 * 2 * 4);  // [1, value and flag]·[2, D]
    QCOMPARE(count.attention, 2.0 * 2 * 4 * 12 + 2 * (2.0 * 2 * 4 * 2) + 2.0 * 2 * 4 * 4);
    QCOMPARE(count.feedForward, 2 * (2.0 * 2 * 4 * 16));
    QCOMPARE(count.routers, 2.0 * 2 * 4 * 2);
    QCOMPARE(count.experts, 2.0 * 2 * 4 * 3 + 2.0 * 2 * 3 * 4);  // two tokens, one expert each
    QCOMPARE(count.head, 2 * (2.0 * 4 * 4) + 2.0 * 4 * 2);
    QCOMPARE(count.total(), 16.0 + 320 + 512 + 32 + 96 + 80);
    QCOMPARE(flopsOf(config, *sample, 1).encoders, 0.0);
    config.topK = 2;
    QCOMPARE(flopsOf(config, *sample, 0).experts, 2 * count.experts);
    config.token = TokenGranularity::Sequence;  // one token of γ·D = 8, its output as wide
    QCOMPARE(flopsOf(config, *sample, 0).experts, 2 * (2.0 * 8 * 3 + 2.0 * 3 * 8));
  }

  void attentionOverTimeIsLinear() {
    const ModelConfig config = smallConfig({});
    const auto at = [&](int times) { return flopsOf(config, *inventSample(config, 1, {times, 1}), 0).encoders; };
    QVERIFY(at(20) > at(10));
    QCOMPARE(at(30) - at(20), at(20) - at(10));
  }

  void timesAreCountedOnce() {
    const ModelConfig config = smallConfig({});
    Sample sample;
    sample.modalities = {{"series0",
                          ModalityKind::Series,
                          {{"variable0", {{1, 5}, {2, 5}}}, {"variable1", {{2, 5}, {3, 5}}}, {"other", {{9, 5}}}},
                          {}}};
    QCOMPARE(attendedTimes(config.modalities[0], sample), std::int64_t{3});
    QCOMPARE(attendedTimes(config.modalities[1], sample), std::int64_t{0});
  }

  void bytesOfAnExpert() {
    const ModelConfig config = paperShapes();  // FUSEMOE.md: 6144 -> 512 -> 24576
    const std::int64_t numbers = 6144LL * 512 + 512 + 512LL * 24576 + 24576;
    QCOMPARE(expertBytes(config, "f32"), 4 * numbers);
    QCOMPARE(expertBytes(config, "bf16, f32"), 2 * numbers);
    QCOMPARE(expertBytes(config, "f16"), 2 * numbers);
  }

  void distinctExpertsAreCountedOnceALayer() {
    ModelConfig config = smallConfig({});
    config.layers = 2;
    RoutingResult result;
    result.layers.resize(2);
    result.layers[0].routers.resize(2);
    result.layers[0].routers[0].topKExpert = {1, 2, 1, 3};
    result.layers[0].routers[1].topKExpert = {3, 1};
    result.layers[1].routers.resize(1);
    result.layers[1].routers[0].topKExpert = {1, 15};
    QCOMPARE(distinctExperts(config, result), std::int64_t{5});
    QCOMPARE(distinctExperts(config, result, 1), std::int64_t{2});

    const RoutingShape shape(config);
    std::vector<MaskedRouting> states(2);
    for (MaskedRouting& state : states) state.meanTopK.assign(shape.size(), 0);
    states[0].meanTopK[shape.at(0, 0) + 4] = 0.5F;
    states[1].meanTopK[shape.at(0, 1) + 4] = 0.5F;
    states[1].meanTopK[shape.at(1, 0) + 4] = 0.5F;
    QCOMPARE(distinctExperts(config, states), std::int64_t{2});
  }

  void inventedStaysAreWhole() {
    ModelConfig config = smallConfig({});
    config.modalities[1].kind = ModalityKind::Vectors;
    config.modalities[1].variables.clear();
    config.modalities[1].width = 6;
    config.modalities[2].kind = ModalityKind::Static;
    const SamplePtr one = inventSample(config, 7, {12, 3});
    QCOMPARE(one->modalities, inventSample(config, 7, {12, 3})->modalities);
    QVERIFY(one->modalities != inventSample(config, 8, {12, 3})->modalities);
    QVERIFY(one->digest != inventSample(config, 8, {12, 3})->digest);
    QVERIFY(std::ranges::all_of(one->modalities, [](const ModalityData& data) { return data.present(); }));
    QCOMPARE(attendedTimes(config.modalities[0], *one), std::int64_t{12});
    QCOMPARE(attendedTimes(config.modalities[1], *one), std::int64_t{3});
    for (const VariableData& variable : one->modalities[0].variables) {
      QVERIFY(!variable.observations.empty());
      QVERIFY(std::ranges::is_sorted(variable.observations, {}, &Observation::hour));
      QVERIFY(variable.observations.front().hour >= 0 && variable.observations.back().hour <= config.windowHours);
    }
    for (const VariableData& variable : one->modalities[2].variables)
      QCOMPARE(variable.observations.size(), std::size_t{1});
    QCOMPARE(one->modalities[1].events[0].vector.size(), std::size_t{6});
  }

  void inventedCohortIsSplit() {
    const InventedCohort cohort(tinyConfig(), 32);
    QCOMPARE(cohort.count("").value(), std::size_t{32});
    QCOMPARE(cohort.count("train").value(), std::size_t{24});
    QCOMPARE(cohort.count("validation").value(), std::size_t{8});
    int visited = 0, positive = 0;
    std::int64_t last = 0;
    QVERIFY(cohort.visit("validation", [&](const SamplePtr& sample) {
      ++visited;
      positive += sample->labels.at("outcome")[0] > 0 ? 1 : 0;
      const bool ascending = sample->stayId > last;
      last = sample->stayId;
      return ascending;
    }));
    QCOMPARE(visited, 8);
    QCOMPARE(positive, 4);
  }

  void smallModelsAreValid() {
    for (const int modalities : {1, 2, 12})
      for (const int experts : {8, 128}) {
        SmallModel small;
        small.modalities = modalities;
        small.experts = experts;
        QVERIFY(validate(smallConfig(small)));
      }
  }

  void documentShape() {
    const nlohmann::ordered_json document = benchDocument(aReport());
    QCOMPARE(document["floors"]["read_bytes_per_second"].get<double>(), 50e9);
    QVERIFY(document["model"].is_null());
    const auto& row = document["rows"][0];
    QCOMPARE(row["name"].get<std::string>(), std::string("predict.warm"));
    QCOMPARE(row["n"].get<int>(), 3);
    QCOMPARE(row["median_ms"].get<double>(), 20.0);
    QCOMPARE(row["best_ms"].get<double>(), 10.0);
    QCOMPARE(row["ratio_to_floor"].get<double>(), 2.0);
    QVERIFY(row["aim"]["met"].get<bool>());
    QCOMPARE(row["aim"]["at_most"].get<double>(), 2.5);
    QCOMPARE(row["flop"].get<double>(), 5.0);
    const auto& skipped = document["rows"][1];
    QCOMPARE(skipped["skipped"].get<std::string>(), std::string("it is not here"));
    QVERIFY(!skipped.contains("median_ms") && !skipped.contains("ratio_to_floor"));
  }

  void textNamesWhatIsMissed() {
    BenchReport report = aReport();
    QVERIFY(benchText(report).find("NOT MET") == std::string::npos);
    QVERIFY(benchText(report).find("skipped: it is not here") != std::string::npos);
    report.rows[0].aim = BenchAim{"share", 0.4, 0.5, true};
    report.stopped = true;
    QVERIFY(benchText(report).find("NOT MET: share 0.4") != std::string::npos);
    QVERIFY(benchText(report).find("Stopped") != std::string::npos);
    QVERIFY(benchText(report).find("Other programs run") == std::string::npos);
    report.machine.load = 3;
    QVERIFY(benchText(report).find("Other programs run (load 3.0)") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestBenchParts)
#include "tst_bench_parts.moc"
