#include <filesystem>
#include <functional>

#include "bench_context.h"
#include "bench_models.h"
#include "bench_sample.h"
#include "bench_work.h"

namespace fusemoe::cli {
namespace {

constexpr double kPointShare = 0.15;  // of a row's seconds
constexpr std::size_t kFewest = 5, kStays = 4;
constexpr double kFlat = 0.15, kLinear = 1.1;

/// One point: a model, the stays it is asked about, and whether they are one call.
struct Point {
  int value = 0;
  SmallModel model;
  SampleShape shape;
  std::size_t batch = 0;  ///< stays by one predictMasks; 0 = one stay by predict
};

struct Curve {
  std::string name, measured;
  std::vector<Point> points;
  std::optional<double> steepest;  ///< aim of the slope
};

std::vector<Point> pointsOver(const std::vector<int>& values, const std::function<Point(int)>& pointAt) {
  std::vector<Point> points;
  for (const int value : values) {
    points.push_back(pointAt(value));
    points.back().value = value;
  }
  return points;
}

/// Experts large enough beside the calls around them that computing those not chosen would show: all 128 are 100 MB.
SmallModel expertsModel(int experts, int topK) {
  SmallModel model;
  model.modalities = 2;
  model.layers = 1;
  model.experts = experts;
  model.topK = topK;
  return model;
}

std::vector<Curve> curves() {
  SmallModel wide;  // many modalities, or bins: an expert's output grows with them
  wide.width = 32;
  wide.layers = 1;
  return {
      {"scaling.experts", "One stay; S experts, 4 kept: an expert nobody chose costs nothing.",
       pointsOver({8, 16, 32, 64, 128},
                  [](int s) {
                    return Point{0, expertsModel(s, 4), {}, 0};
                  }),
       kFlat},
      {"scaling.kept", "One stay; K of 16 experts kept.",
       pointsOver({1, 2, 4, 8},
                  [](int k) {
                    return Point{0, expertsModel(16, k), {}, 0};
                  }),
       kLinear},
      {"scaling.modalities",
       "One stay; M modalities.",
       pointsOver({2, 4, 6, 8, 10, 12},
                  [wide](int m) {
                    SmallModel model = wide;
                    model.modalities = m;
                    return Point{0, model, {}, 0};
                  }),
       {}},
      {"scaling.bins",
       "One stay; γ time bins.",
       pointsOver({8, 16, 32, 64},
                  [wide](int bins) {
                    SmallModel model = wide;
                    model.bins = bins;
                    model.modalities = 2;
                    return Point{0, model, {}, 0};
                  }),
       {}},
      {"scaling.batch", "B stays by one predictMasks.",
       pointsOver({1, 4, 16, 64},
                  [](int stays) {
                    return Point{0, SmallModel{}, {}, static_cast<std::size_t>(stays)};
                  }),
       kLinear},
      {"scaling.observations", "One stay; N observation times of one series (mTAND).",
       pointsOver({256, 1024, 4096, 16384},
                  [](int times) {
                    SmallModel model;
                    model.modalities = 1;
                    model.variables = 8;
                    model.width = 32;
                    model.layers = 1;
                    model.experts = 4;
                    return Point{0, model, {times, 1}, 0};
                  }),
       kLinear},
  };
}

Result<ModelPtr> generated(BenchContext& bench, const ScratchFolder& scratch, const SmallModel& small) {
  GenerateModelRequest request;
  request.config = smallConfig(small);
  request.output = scratch.file("model.safetensors");
  if (auto written = bench.engine().generate(request, {}, bench.stop()); !written) return failure(written.error());
  return bench.engine().open(request.output);
}

Result<nlohmann::ordered_json> measured(BenchContext& bench, const ScratchFolder& scratch, const Point& point) {
  const auto opened = generated(bench, scratch, point.model);
  if (!opened) return failure(opened.error());
  const Model& model = **opened;
  std::vector<SamplePtr> samples;
  for (std::size_t i = 0; i < std::max(point.batch, kStays); ++i)
    samples.push_back(inventSample(model.config(), i + 1, point.shape));
  const std::vector<ModalityMask> unmasked{0};
  std::size_t turn = 0;
  const auto once = [&]() -> Result<double> {
    if (point.batch > 0) return timeMasks(model, {samples.data(), point.batch}, unmasked, bench.stop());
    const PredictRequest request{samples[turn++ % kStays], 0};
    return timePredict(model, {&request, 1}, bench.stop());
  };
  for (std::size_t i = 0; i < kStays; ++i)  // pages of the file, and what the engine makes once
    if (const auto warm = once(); !warm) return failure(warm.error());
  const auto times = repeated(bench.budget(kPointShare, kFewest), bench.stop(), once);
  if (!times) return failure(times.error());
  const auto states = model.predictMasks({samples.data(), std::size_t{1}}, unmasked, {}, bench.stop());
  if (!states) return failure(states.error());
  const double stays = point.batch > 0 ? static_cast<double>(point.batch) : 1;
  const Timing timing = timingOf(*times);
  return nlohmann::ordered_json{{"value", point.value},
                                {"median_ms", timing.median},
                                {"best_ms", timing.best},
                                {"n", timing.n},
                                {"distinct_experts_of_one_stay", distinctExperts(model.config(), states->front())},
                                {"flop", stays * flopsOf(model.config(), *samples[0], 0).total()},
                                {"model_bytes", model.info().bytes}};
}

}  // namespace

Result<void> benchScaling(BenchContext& bench) {
  const ScratchFolder scratch;
  if (!scratch.made()) return failure("There is no folder for temporary files.", "Set TMPDIR to one.");
  for (const Curve& curve : curves()) {
    bench.begin(-1, curve.name);
    BenchRow row{curve.name, curve.measured, {}, {}, {}, {}, {}};
    nlohmann::ordered_json documents = nlohmann::ordered_json::array();
    std::vector<CurvePoint> points;
    for (const Point& point : curve.points) {
      auto document = measured(bench, scratch, point);
      if (!document) return failure(document.error());
      // Of the best times: what else the machine does adds to the others, and not alike to all points.
      points.push_back({static_cast<double>(point.value), (*document)["best_ms"].get<double>()});
      documents.push_back(std::move(*document));
    }
    const double slope = logSlope(points);
    row.numbers = {{"points", documents},
                   {"log_slope", slope},
                   {"last_over_first", points.back().milliseconds / points.front().milliseconds}};
    if (curve.steepest) row.aim = BenchAim{"slope of log time", slope, *curve.steepest};
    bench.add(std::move(row));
  }
  return {};
}

}  // namespace fusemoe::cli
