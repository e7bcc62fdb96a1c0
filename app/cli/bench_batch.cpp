#include "bench_context.h"
#include "bench_work.h"

namespace fusemoe::cli {
namespace {

constexpr std::size_t kSizes[] = {1, 4, 16, 64};
constexpr double kShareOfRate = 0.5;

std::vector<MaskedRouting> firstOfEach(const std::vector<std::vector<MaskedRouting>>& states) {
  std::vector<MaskedRouting> first;
  for (const auto& one : states) first.push_back(one.front());
  return first;
}

/// What a batch computes and reads, and how the row is told of it.
struct BatchWork {
  double flops = 0, bytes = 0, experts = 0;
};

void addBatchRow(BenchContext& bench, const std::string& name, const std::string& measured, std::size_t stays,
                 const std::vector<double>& times, const BatchWork& work, bool aimed) {
  BenchRow row{name, measured, {}, timingOf(times), bench.floorOf(work.bytes, work.flops), {}, {}};
  const double seconds = row.timing->median / 1000;
  const double share = work.flops / seconds / bench.floors().flopsPerSecond;
  row.numbers = {{"stays", stays},
                 {"stays_per_second", static_cast<double>(stays) / seconds},
                 {"flop", work.flops},
                 {"flop_per_second", work.flops / seconds},
                 {"share_of_product_rate", share},
                 {"distinct_experts", work.experts},
                 {"expert_bytes", work.bytes}};
  if (aimed) row.aim = BenchAim{"share of the product rate", share, kShareOfRate, true};
  bench.add(std::move(row));
}

}  // namespace

Result<void> benchBatch(BenchContext& bench) {
  const auto model = bench.model();
  if (!model) return failure(model.error());
  const ModelConfig& config = (*model)->config();
  const std::vector<ModalityMask> unmasked{0};
  for (const std::size_t size : kSizes) {
    const auto samples = bench.samples(size);
    if (!samples) return failure(samples.error());
    if (samples->size() < size) break;
    const auto states = (*model)->predictMasks(*samples, unmasked, {}, bench.stop());
    if (!states) return failure(states.error());
    BatchWork work;
    std::vector<PredictRequest> requests;
    for (const SamplePtr& sample : *samples) {
      work.flops += flopsOf(config, *sample, 0).total();
      requests.push_back({sample, 0});
    }
    work.experts = static_cast<double>(distinctExperts(config, firstOfEach(*states)));
    work.bytes = work.experts * static_cast<double>(expertBytes(config, (*model)->info().weights));
    const std::string count = std::to_string(size);
    const auto together =
        repeated(bench.budget(0.5), bench.stop(), [&] { return timeMasks(**model, *samples, unmasked, bench.stop()); });
    if (!together) return failure(together.error());
    addBatchRow(bench, "batch." + count, count + " stays by one predictMasks, nothing masked.", size, *together, work,
                bench.paperScale() && size == kSizes[3]);
    const auto each =
        repeated(bench.budget(0.5), bench.stop(), [&] { return timePredict(**model, requests, bench.stop()); });
    if (!each) return failure(each.error());
    addBatchRow(bench, "batch.predict_" + count,
                count + " stays by one predict, which must give the bits of one alone.", size, *each, work, false);
  }
  return {};
}

}  // namespace fusemoe::cli
