#include <algorithm>
#include <thread>

#include "bench_context.h"
#include "bench_work.h"

namespace fusemoe::cli {
namespace {

constexpr int kMostMaskedModalities = 12;  // 4096 masks
constexpr double kMasksOverOne = 2.5, kStopMilliseconds = 50;
constexpr std::size_t kStops = 18, kStopStays = 16, kMaskStays = 9;

std::vector<ModalityMask> allMasks(const ModelConfig& config) {
  std::vector<ModalityMask> masks(std::size_t{1} << std::min(config.modalityCount(), kMostMaskedModalities));
  for (std::size_t i = 0; i < masks.size(); ++i) masks[i] = static_cast<ModalityMask>(i);
  return masks;
}

/// One stay, one of its modalities hidden and shown in turn: what a toggle asks for.
std::vector<PredictRequest> togglesOf(const ModelConfig& config, const SamplePtr& sample) {
  std::vector<PredictRequest> toggles;
  for (int m = 0; m < config.modalityCount(); ++m) {
    const ModalityData* data = sample->modality(config.modalities[static_cast<std::size_t>(m)].name);
    if (!data || !data->present()) continue;
    toggles.push_back({sample, ModalityMask{1} << m});
    toggles.push_back({sample, 0});
  }
  return toggles;
}

/// Milliseconds from a stop's request until a call that takes about `typical` returns; negative where it was done
/// before. `call` gives Result<double>.
template <class Call>
Result<double> stopTime(const BenchContext& bench, double typical, double share, Call&& call) {
  using Clock = std::chrono::steady_clock;
  std::stop_source source;
  Clock::time_point requested;
  std::jthread asker([&] {
    std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(typical * share));
    requested = Clock::now();
    source.request_stop();
  });
  const auto answer = call(source.get_token());
  const auto returned = Clock::now();
  asker.join();
  if (bench.stop().stop_requested()) return failure("The measurement was stopped.");
  if (answer || requested > returned) return -1.0;
  return std::chrono::duration<double, std::milli>(returned - requested).count();
}

template <class Call>
Result<void> addStopRow(BenchContext& bench, const std::string& name, const std::string& measured, Call&& call) {
  const auto typical = call(bench.stop());
  if (!typical) return failure(typical.error());
  std::vector<double> times;
  for (std::size_t i = 0; i < kStops; ++i) {
    const auto taken = stopTime(bench, *typical, (0.5 + static_cast<double>(i)) / kStops, call);
    if (!taken) return failure(taken.error());
    if (*taken >= 0) times.push_back(*taken);
  }
  if (times.empty()) {
    bench.add(BenchRow::skip(name, measured,
                             "the call was always done before it saw the stop (" + std::to_string(*typical) + " ms)"));
    return {};
  }
  BenchRow row{name, measured, {}, timingOf(times), {}, {}, {{"uninterrupted_ms", *typical}}};
  row.aim = BenchAim{"95th percentile, ms", row.timing->p95, kStopMilliseconds};
  bench.add(row);
  return {};
}

}  // namespace

Result<void> benchMasks(BenchContext& bench) {
  const auto model = bench.model();
  if (!model) return failure(model.error());
  const auto samples = bench.samples(kMaskStays);
  if (!samples) return failure(samples.error());
  const ModelConfig& config = (*model)->config();
  const std::vector<ModalityMask> masks = allMasks(config);
  const auto states = (*model)->predictMasks(*samples, masks, {}, bench.stop());
  if (!states) return failure(states.error());
  // In turn, so that what else the machine does falls on both; other stays each time, so that nothing is remembered.
  std::size_t turn = 0;
  const auto next = [&] { return std::vector<SamplePtr>{(*samples)[turn++ % samples->size()]}; };
  std::vector<double> single;
  const auto times = repeated(bench.budget(), bench.stop(), [&]() -> Result<double> {
    const PredictRequest one{next().front(), 0};
    const auto taken = timePredict(**model, {&one, 1}, bench.stop());
    if (!taken) return failure(taken.error());
    single.push_back(*taken);
    return timeMasks(**model, next(), masks, bench.stop());
  });
  if (!times) return failure(times.error());
  double distinct = 0;
  for (const auto& stay : *states)
    distinct += static_cast<double>(distinctExperts(config, stay)) / static_cast<double>(states->size());
  const double bytes = distinct * static_cast<double>(expertBytes(config, (*model)->info().weights));
  BenchRow row{"masks",
               "All " + std::to_string(masks.size()) + " masks of a stay by one predictMasks, another stay each time.",
               {},
               timingOf(*times),
               bench.floorOf(bytes, 0),
               {},
               {}};
  const double oneTime = timingOf(single).median, over = row.timing->median / oneTime;
  row.numbers = {{"masks", masks.size()},
                 {"distinct_experts", distinct},
                 {"expert_bytes", bytes},
                 {"one_mask_ms", oneTime},
                 {"over_one_mask", over}};
  if (bench.paperScale() && masks.size() == 16) row.aim = BenchAim{"time over one mask", over, kMasksOverOne};
  bench.add(row);
  return {};
}

Result<void> benchToggle(BenchContext& bench) {
  const auto model = bench.model();
  if (!model) return failure(model.error());
  const auto samples = bench.samples(1);
  if (!samples) return failure(samples.error());
  const ModelConfig& config = (*model)->config();
  const std::vector<PredictRequest> toggles = togglesOf(config, samples->front());
  if (toggles.empty()) {
    bench.add(BenchRow::skip("toggle", "One modality hidden and shown in turn.", "the stay has no modality"));
    return {};
  }
  double experts = 0;
  for (const PredictRequest& toggle : toggles) {
    const auto results = (*model)->predict({&toggle, 1}, {}, bench.stop());
    if (!results) return failure(results.error());
    experts += static_cast<double>(distinctExperts(config, *results->front(), 1)) / static_cast<double>(toggles.size());
  }
  std::size_t turn = 0;
  const auto times = repeated(bench.budget(), bench.stop(), [&] {
    return timePredict(**model, {&toggles[turn++ % toggles.size()], 1}, bench.stop());
  });
  if (!times) return failure(times.error());
  const double bytes = experts * static_cast<double>(expertBytes(config, (*model)->info().weights));
  bench.add({"toggle",
             "Each modality of a stay hidden and shown in turn: the engine's part of a toggle, no result cached.",
             {},
             timingOf(*times),
             BenchFloor{"reading the chosen experts of the layers after the first at the read bandwidth",
                        bench.floorOf(bytes, 0).milliseconds},
             {},
             {{"distinct_experts", experts}, {"expert_bytes", bytes}}});
  return {};
}

Result<void> benchStop(BenchContext& bench) {
  const auto model = bench.model();
  if (!model) return failure(model.error());
  const auto samples = bench.samples(kStopStays);
  if (!samples) return failure(samples.error());
  const PredictRequest one{samples->front(), 0};
  const std::vector<ModalityMask> masks = allMasks((*model)->config());
  if (auto added = addStopRow(bench, "stop.predict", "A stop during one prediction: from its request to the return.",
                              [&](const std::stop_token& stop) {
                                return timePredict(**model, {&one, 1}, stop);
                              });
      !added)
    return added;
  return addStopRow(bench, "stop.masks", "A stop during all masks of " + std::to_string(samples->size()) + " stays.",
                    [&](const std::stop_token& stop) { return timeMasks(**model, *samples, masks, stop); });
}

}  // namespace fusemoe::cli
