#include "torch/inference/shared_batch.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "torch/inference/side_by_side.h"

namespace fusemoe {
namespace {

constexpr double kMemory = 256e6;         // bytes of activations, all cores together
constexpr std::size_t kMostSamples = 32;  // a block, of a small model; more gain nothing
constexpr std::size_t kMostRows = 64;     // at once through the layers; 16 to 64 measure alike
constexpr double kLargeLayer = 8e6;       // bytes of a layer's experts
constexpr std::size_t kKeptSamples = 4;   // fewer come from a person's toggles, more from a sweep

/// Activations of one row through one layer, bytes: sequences and feed-forward, self-attention of a modality, experts'
/// outputs.
double bytesOfRow(const ModelConfig& config) {
  const double numbers = static_cast<double>(config.modalityCount()) * config.bins * config.width;
  const double attention = 2.0 * config.heads * config.bins * config.bins;
  return 4 * (12 * numbers + attention + numbers * config.routerCount() * 3.0);
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

double bytesOfExperts(const ModelConfig& config) {
  return 4.0 * config.experts * config.expertHidden * (config.tokenWidth() + config.expertOutputWidth());
}

at::Tensor together(const std::vector<at::Tensor>& rows) {
  return rows.size() == 1 ? rows.front() : at::cat(rows, 0);
}

Routing together(std::span<const Routing* const> routings) {
  std::vector<at::Tensor> logits, dense, experts, weights;
  for (const Routing* routing : routings) {
    logits.push_back(routing->logits);
    dense.push_back(routing->dense);
    experts.push_back(routing->experts);
    weights.push_back(routing->weights);
  }
  return {together(logits), together(dense), together(experts), together(weights), {}};
}

}  // namespace

SharedBatch::SharedBatch(const ModelConfig& config, const Network& network, at::Device device,
                         const NetworkChange& change, std::string changeName, StateCache& cache)
    : m_config(config),
      m_network(network),
      m_device(device),
      m_change(change),
      m_changeName(std::move(changeName)),
      m_cache(cache),
      m_threads(device.is_cpu() ? at::get_num_threads() : 1),
      m_large(bytesOfExperts(config) > kLargeLayer) {}

Result<void> SharedBatch::run(std::span<const PredictRequest> requests, const Sink& sink,
                              const std::stop_token& stop) const {
  const c10::InferenceMode inference;
  const SampleStatesPtr absent = missing(stop);
  const std::vector<Block> blocks = blocksOf(requests);
  const bool keep = blocks.size() == 1 && blocks.front().samples.size() <= kKeptSamples;
  const bool apart = !m_large && blocks.size() >= static_cast<std::size_t>(m_threads);
  return sideBySide(blocks.size(), apart ? m_threads : 1,
                    [&](std::size_t i) { return runBlock(requests, blocks[i], *absent, keep, sink, stop); });
}

std::vector<SharedBatch::Block> SharedBatch::blocksOf(std::span<const PredictRequest> requests) const {
  std::vector<Block> blocks;
  std::unordered_map<const Sample*, std::size_t> places;
  std::unordered_map<const Sample*, std::size_t> all;
  for (const PredictRequest& request : requests) all.emplace(request.sample.get(), all.size());
  const auto threads = static_cast<std::size_t>(m_large ? 1 : m_threads);
  const std::size_t most =
      m_large ? kMostRows : std::clamp<std::size_t>((all.size() + threads - 1) / threads, 1, kMostSamples);
  double bytes = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const SamplePtr& sample = requests[i].sample;
    if (!places.count(sample.get())) {
      const double own = bytesOfRow(m_config) + bytesOfInput(m_config, *sample);
      if (blocks.empty() || blocks.back().samples.size() >= most ||
          bytes + own > kMemory / 2 / static_cast<double>(threads)) {
        blocks.emplace_back();
        places.clear();
        bytes = 0;
      }
      bytes += own;
      places.emplace(sample.get(), blocks.back().samples.size());
      blocks.back().samples.push_back(sample);
      blocks.back().requests.emplace_back();
    }
    blocks.back().requests[places.at(sample.get())].push_back(i);
  }
  return blocks;
}

SampleStatesPtr SharedBatch::missing(const std::stop_token& stop) const {
  if (SampleStatesPtr known = m_cache.find(nullptr, m_changeName)) return known;
  SampleStatesPtr made = StateMaker(m_config, m_network, m_device, m_change, 1).missing(stop);
  if (!stop.stop_requested()) m_cache.insert(nullptr, m_changeName, made);
  return made;
}

Result<std::vector<SampleStatesPtr>> SharedBatch::statesOf(std::span<const SamplePtr> samples, bool keep,
                                                           const std::stop_token& stop) const {
  std::vector<SampleStatesPtr> states;
  std::vector<SamplePtr> unknown;
  for (const SamplePtr& sample : samples) {
    states.push_back(m_cache.find(sample, m_changeName));
    if (!states.back()) unknown.push_back(sample);
  }
  if (unknown.empty()) return states;
  const StateMaker maker(m_config, m_network, m_device, m_change, at::in_parallel_region() ? 1 : m_threads);
  auto made = maker.make(unknown, stop);
  if (!made) return failure(made.error());
  auto next = made->begin();
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (!states[i]) {
      states[i] = *next++;
      if (keep && !stop.stop_requested()) m_cache.insert(samples[i], m_changeName, states[i]);
    }
  return states;
}

Result<void> SharedBatch::runBlock(std::span<const PredictRequest> requests, const Block& block,
                                   const SampleStates& missing, bool keep, const Sink& sink,
                                   const std::stop_token& stop) const {
  if (stop.stop_requested()) return stopped();
  const auto states = statesOf(block.samples, keep, stop);
  if (!states) return failure(states.error());
  std::vector<Row> rows;
  for (std::size_t s = 0; s < block.samples.size(); ++s) {
    const SampleStates& own = *(*states)[s];
    std::map<std::uint32_t, std::vector<std::size_t>> sets;
    for (const std::size_t request : block.requests[s]) sets[own.present & ~requests[request].mask].push_back(request);
    for (auto& [present, answers] : sets) {
      Row row{present, std::move(answers), {}};
      for (std::size_t m = 0; m < own.modalities.size(); ++m)
        row.states.push_back(present >> m & 1U ? &own.modalities[m] : &missing.modalities[m]);
      rows.push_back(std::move(row));
    }
  }
  const auto threads = static_cast<std::size_t>(m_large || at::in_parallel_region() ? 1 : m_threads);
  const auto fitting = static_cast<std::size_t>(kMemory / (m_large ? 1 : 2 * m_threads) / bytesOfRow(m_config));
  const std::size_t most =
      std::clamp<std::size_t>((rows.size() + threads - 1) / threads, 1, std::clamp<std::size_t>(fitting, 1, kMostRows));
  return sideBySide((rows.size() + most - 1) / most, static_cast<int>(threads), [&](std::size_t i) -> Result<void> {
    const auto part = std::span(rows).subspan(i * most, std::min(most, rows.size() - i * most));
    const RowsOutput output = forward(part, stop);
    return stop.stop_requested() ? stopped() : sink(part, output);
  });
}

RowsOutput SharedBatch::forward(std::span<const Row> rows, const std::stop_token& stop) const {
  RowsOutput output;
  std::vector<at::Tensor> sequences = meet(rows, output, stop);
  for (int layer = 1; layer < m_config.layers && !stop.stop_requested(); ++layer) {
    MoeOutput mixed = m_network.runLayer(layer, sequences, nullptr, m_change, stop);
    output.routings.push_back(std::move(mixed.routings));
    output.tokens.push_back(std::move(mixed.tokens));
  }
  std::vector<at::Tensor> hidden;
  output.logits = m_network.head(sequences, nullptr, hidden);
  return output;
}

std::vector<at::Tensor> SharedBatch::meet(std::span<const Row> rows, RowsOutput& output,
                                          const std::stop_token& stop) const {
  std::vector<at::Tensor> sequences, mixed;
  MoeOutput met;
  for (std::size_t m = 0; m < m_config.modalities.size(); ++m) {
    std::vector<at::Tensor> attended, tokens;
    std::vector<const Routing*> routings;
    for (const Row& row : rows) {
      attended.push_back(row.states[m]->attended);
      if (m_config.router == Router::Joint) continue;
      mixed.push_back(row.states[m]->mixed);
      tokens.push_back(row.states[m]->tokens);
      routings.push_back(&row.states[m]->routing);
    }
    sequences.push_back(together(attended));
    if (m_config.router == Router::Joint) continue;
    met.tokens.push_back(together(tokens));
    met.routings.push_back(together(routings));
  }
  if (m_config.router == Router::Joint) {
    met = m_network.meet(0, sequences, nullptr, m_change, stop);
  } else {
    m_network.moe(0).combine(at::cat(mixed, 0), met);
    m_network.feedForward(0, sequences, met, nullptr);
  }
  output.routings.push_back(std::move(met.routings));
  output.tokens.push_back(std::move(met.tokens));
  return sequences;
}

}  // namespace fusemoe
