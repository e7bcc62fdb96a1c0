#include "torch/inference/mask_batch.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "torch/inference/numbers.h"
#include "torch/inference/prepare.h"

namespace fusemoe {
namespace {

constexpr double kMemory = 256e6;         // bytes of activations, all cores together
constexpr std::size_t kMostSamples = 32;  // a block; more gain nothing
constexpr std::size_t kMostRows = 64;     // at once through the second half; 16 to 64 measure alike

/// The first error of tasks that run at once.
class FirstError {
 public:
  bool none() const { return !m_failed; }
  void add(const Result<void>& result) {
    if (result) return;
    const std::lock_guard lock(m_mutex);
    if (!m_failed) m_error = result.error();
    m_failed = true;
  }
  Result<void> result() const { return m_failed ? Result<void>(failure(m_error)) : Result<void>(); }

 private:
  std::mutex m_mutex;
  std::atomic<bool> m_failed = false;
  Error m_error;
};

/// Runs work(0) … work(count − 1) on `threads` threads, LibTorch's operators inside on one each; within another call of
/// its kind, or for one thread, here and in order. After an error no more is begun.
template <class F>
Result<void> onThreads(std::size_t count, int threads, const F& work) {
  std::atomic<std::size_t> next = 0;
  FirstError error;
  const auto workers = std::min<std::int64_t>(threads, static_cast<std::int64_t>(count));
  at::parallel_for(0, workers, 1, [&](std::int64_t, std::int64_t) {
    const c10::InferenceMode inference;
    for (std::size_t i = next++; i < count && error.none(); i = next++) error.add(work(i));
  });
  return error.result();
}

/// Activations of one row through one layer, bytes: sequences and feed-forward, self-attention of a modality, experts'
/// outputs.
double bytesOfRow(const ModelConfig& config) {
  const double numbers = static_cast<double>(config.modalityCount()) * config.bins * config.width;
  const double attention = 2.0 * config.heads * config.bins * config.bins;
  return 4 * (20 * numbers + attention + numbers * config.routerCount() * (4.0 * config.topK + 2));
}

/// Beside that, what encoding a sample takes: mTAND's scores and padded inputs.
double bytesOfInput(const ModelConfig& config, const Sample& sample) {
  double bytes = 0;
  for (const ModalityConfig& modality : config.modalities)
    if (const ModalityData* data = sample.modality(modality.name))
      bytes += 4.0 * static_cast<double>(data->observationCount()) *
               (3.0 * config.heads * config.bins + 4.0 * static_cast<double>(modality.variables.size() + 1) +
                2.0 * modality.width);
  return bytes;
}

/// Only those rows of one modality's input that have it; one missing row where none has.
ModalityInput presentOf(const ModalityInput& input) {
  const at::Tensor rows = input.missing.logical_not().nonzero().squeeze(1);
  return input.rows(rows.numel() > 0 ? rows : at::zeros({1}, rows.options()));
}

}  // namespace

struct MaskBatch::Job {
  const SamplePtr* samples;
  std::span<const ModalityMask> masks;
  const std::stop_token& stop;
  Entered missing;
  std::vector<std::vector<MaskedRouting>>& results;
};

MaskBatch::MaskBatch(const ModelConfig& config, const Network& network, at::Device device, const NetworkChange& change)
    : m_config(config),
      m_network(network),
      m_device(device),
      m_change(change),
      m_separate(config.router != Router::Joint),
      m_threads(device.is_cpu() ? at::get_num_threads() : 1) {}

Result<std::vector<std::vector<MaskedRouting>>> MaskBatch::run(std::span<const SamplePtr> samples,
                                                               std::span<const ModalityMask> masks,
                                                               const std::stop_token& stop) const {
  const c10::InferenceMode inference;
  std::vector<std::vector<MaskedRouting>> results(samples.size(), std::vector<MaskedRouting>(masks.size()));
  const Job job{samples.data(), masks, stop, enterMissing(), results};
  const auto blocks = blocksOf(samples);
  const int threads = blocks.size() < static_cast<std::size_t>(m_threads) ? 1 : m_threads;
  if (auto done = onThreads(blocks.size(), threads, [&](std::size_t i) { return runBlock(job, blocks[i]); }); !done)
    return failure(done.error());
  return results;
}

std::vector<std::span<const SamplePtr>> MaskBatch::blocksOf(std::span<const SamplePtr> samples) const {
  const auto threads = static_cast<std::size_t>(m_threads);
  const std::size_t most = std::clamp<std::size_t>((samples.size() + threads - 1) / threads, 1, kMostSamples);
  std::vector<std::span<const SamplePtr>> blocks;
  for (std::size_t first = 0; first < samples.size();) {
    std::size_t end = first;
    double bytes = 0;
    do bytes += bytesOfRow(m_config) + bytesOfInput(m_config, *samples[end++]);
    while (end < samples.size() && end - first < most && bytes < kMemory / 2 / m_threads);
    blocks.push_back(samples.subspan(first, end - first));
    first = end;
  }
  return blocks;
}

Result<void> MaskBatch::runBlock(const Job& job, std::span<const SamplePtr> block) const {
  if (job.stop.stop_requested()) return failure("The prediction was stopped.");
  std::vector<PredictRequest> requests;
  for (const SamplePtr& sample : block) requests.push_back({sample, 0});
  const auto prepared = prepare(m_config, requests);
  if (!prepared) return failure(prepared.error());
  const std::vector<Row> rows = rowsOf(job, *prepared, static_cast<std::size_t>(block.data() - job.samples));

  Batch present;
  for (const ModalityInput& input : prepared->modalities) present.modalities.push_back(presentOf(input));
  Entered entered = enter(to(present, m_device));
  auto append = [](at::Tensor& to, const at::Tensor& row) { to = at::cat({to, row}, 0); };
  for (std::size_t m = 0; m < entered.attended.size(); ++m) {
    append(entered.attended[m], job.missing.attended[m]);
    if (!m_separate) continue;
    append(entered.mixed[m], job.missing.mixed[m]);
    append(entered.means[m].dense, job.missing.means[m].dense);
    append(entered.means[m].topK, job.missing.means[m].topK);
  }

  const auto threads = static_cast<std::size_t>(at::in_parallel_region() ? 1 : m_threads);
  const auto fitting = static_cast<std::size_t>(kMemory / 2 / m_threads / bytesOfRow(m_config));
  const std::size_t most =
      std::clamp<std::size_t>((rows.size() + threads - 1) / threads, 1, std::clamp<std::size_t>(fitting, 1, kMostRows));
  return onThreads((rows.size() + most - 1) / most, m_threads, [&](std::size_t i) {
    return runRows(job, entered, std::span(rows).subspan(i * most, std::min(most, rows.size() - i * most)));
  });
}

MaskBatch::Entered MaskBatch::enter(const Batch& batch) const {
  static const MoeChange kUnchanged;
  Entered entered;
  std::vector<at::Tensor> inputs;
  const std::vector<at::Tensor> encoded = m_network.encode(batch, m_change);
  for (int m = 0; m < m_config.modalityCount(); ++m) {
    entered.attended.push_back(
        m_network.attend(0, m, m_network.enter(encoded[static_cast<std::size_t>(m)], nullptr), nullptr));
    inputs.push_back(m_network.moeInput(0, m, entered.attended.back()));
  }
  if (!m_separate) return entered;
  MoeOutput output;
  const at::Tensor mixed =
      m_network.moe(0).mix(inputs, nullptr, m_change.layers.empty() ? kUnchanged : m_change.layers.front(), output);
  std::int64_t first = 0;
  for (std::size_t m = 0; m < inputs.size(); ++m) {
    const std::int64_t rows = inputs[m].size(0), tokens = output.tokens[m].size(0);
    entered.mixed.push_back(mixed.narrow(0, first, tokens).view({rows, -1}));
    entered.means.push_back(meansOf(output.routings[m], rows));
    first += tokens;
  }
  return entered;
}

MaskBatch::Entered MaskBatch::enterMissing() const {
  Batch batch;
  for (int m = 0; m < m_config.modalityCount(); ++m)
    batch.modalities.push_back({at::ones({1}, at::TensorOptions(at::kBool).device(m_device)), {}, {}, {}, {}});
  return enter(batch);
}

std::vector<MaskBatch::Row> MaskBatch::rowsOf(const Job& job, const Batch& batch, std::size_t first) const {
  const std::size_t modalities = batch.modalities.size();
  std::vector<std::int64_t> present(modalities), seen(modalities);  // states of present samples: all, and so far
  for (std::size_t m = 0; m < modalities; ++m)
    present[m] = std::max<std::int64_t>(1, batch.modalities[m].missing.logical_not().sum().item<std::int64_t>());
  std::vector<Row> rows;
  for (std::int64_t s = 0; s < batch.modalities.front().missing.size(0); ++s) {
    std::uint32_t own = 0;
    for (std::size_t m = 0; m < modalities; ++m)
      if (!batch.modalities[m].missing.data_ptr<bool>()[s]) own |= 1U << m;
    std::map<std::uint32_t, std::vector<std::size_t>> sets;
    for (std::size_t i = 0; i < job.masks.size(); ++i) sets[own & ~job.masks[i]].push_back(i);
    for (auto& [set, answers] : sets) {
      Row row{first + static_cast<std::size_t>(s), set, {}, std::move(answers)};
      for (std::size_t m = 0; m < modalities; ++m) row.state.push_back(set >> m & 1U ? seen[m] : present[m]);
      rows.push_back(std::move(row));
    }
    for (std::size_t m = 0; m < modalities; ++m) seen[m] += own >> m & 1U;
  }
  return rows;
}

Result<void> MaskBatch::runRows(const Job& job, const Entered& entered, std::span<const Row> rows) const {
  if (job.stop.stop_requested()) return failure("The prediction was stopped.");
  std::vector<Means> means;  // layers, in each its routers
  std::vector<at::Tensor> sequences = meet(entered, rows, means);
  for (int layer = 1; layer < m_config.layers; ++layer) {
    const MoeOutput output = m_network.runLayer(layer, sequences, nullptr, m_change);
    for (const Routing& routing : output.routings)
      means.push_back(meansOf(routing, static_cast<std::int64_t>(rows.size())));
  }
  std::vector<at::Tensor> hidden;
  return store(job, rows, m_network.head(sequences, nullptr, hidden), means);
}

std::vector<at::Tensor> MaskBatch::meet(const Entered& entered, std::span<const Row> rows,
                                        std::vector<Means>& means) const {
  const auto count = static_cast<std::int64_t>(rows.size());
  std::vector<at::Tensor> sequences, mixed;
  for (std::size_t m = 0; m < entered.attended.size(); ++m) {
    at::Tensor picked = at::empty({count}, at::kLong);
    for (std::size_t i = 0; i < rows.size(); ++i) picked.data_ptr<std::int64_t>()[i] = rows[i].state[m];
    picked = picked.to(m_device);
    sequences.push_back(entered.attended[m].index_select(0, picked));
    if (!m_separate) continue;
    mixed.push_back(entered.mixed[m].index_select(0, picked));
    means.push_back({entered.means[m].dense.index_select(0, picked), entered.means[m].topK.index_select(0, picked)});
  }
  MoeOutput output;
  if (m_separate) {
    m_network.moe(0).combine(at::cat(mixed, 0).view({-1, m_config.expertOutputWidth()}), output);
    m_network.feedForward(0, sequences, output, nullptr);
  } else {
    output = m_network.meet(0, sequences, nullptr, m_change);
    means.push_back(meansOf(output.routings.front(), count));
  }
  return sequences;
}

MaskBatch::Means MaskBatch::meansOf(const Routing& routing, std::int64_t rows) const {
  auto mean = [&](const at::Tensor& perToken) {
    return perToken.view({rows, -1, perToken.size(1)}).mean(1, false, at::kDouble).to(at::kFloat);
  };
  return {mean(routing.dense), mean(at::zeros_like(routing.dense).scatter(-1, routing.experts, routing.weights))};
}

Result<void> MaskBatch::store(const Job& job, std::span<const Row> rows, const at::Tensor& logits,
                              const std::vector<Means>& means) const {
  const RoutingShape shape(m_config);
  const int choices = m_config.expertsPerRouter();
  const std::vector<float> zeros(shape.size());
  std::vector<MaskedRouting> routings(rows.size(), MaskedRouting{0, 0, {}, {}, zeros, zeros});
  for (std::size_t i = 0; i < means.size(); ++i) {
    const int layer = static_cast<int>(i) / shape.routers, router = static_cast<int>(i) % shape.routers;
    const std::size_t place =
        shape.at(layer, router) + static_cast<std::size_t>(m_config.router == Router::Disjoint ? router * choices : 0);
    const std::vector<float> dense = floats(means[i].dense), topK = floats(means[i].topK);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::size_t from = row * static_cast<std::size_t>(choices);
      std::copy_n(dense.begin() + from, choices, routings[row].meanDense.begin() + place);
      std::copy_n(topK.begin() + from, choices, routings[row].meanTopK.begin() + place);
    }
  }
  const std::vector<float> all = floats(logits), probability = floats(Network::probability(m_config.task.kind, logits));
  const std::size_t outputs = all.size() / rows.size(), labels = probability.size() / rows.size();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    MaskedRouting& routing = routings[row];
    routing.present = rows[row].present;
    routing.headLogits.assign(all.begin() + row * outputs, all.begin() + (row + 1) * outputs);
    routing.probability.assign(probability.begin() + row * labels, probability.begin() + (row + 1) * labels);
    if (const auto finite = checkFinite(routing.probability); !finite) return finite;
    for (const std::size_t answer : rows[row].answers) {
      MaskedRouting& result = job.results[rows[row].sample][answer];
      result = routing;
      result.mask = job.masks[answer];
    }
  }
  return {};
}

}  // namespace fusemoe
