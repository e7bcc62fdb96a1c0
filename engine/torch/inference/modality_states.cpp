#include "torch/inference/modality_states.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "torch/inference/prepare.h"
#include "torch/inference/side_by_side.h"

namespace fusemoe {
namespace {

constexpr std::size_t kCacheBytes = 64 << 20, kCacheEntries = 8;  // a person's stay, its reference, what is missing

std::size_t bytesOf(const SampleStates& states) {
  std::size_t bytes = 0;
  for (const EnteredModality& state : states.modalities)
    for (const at::Tensor& tensor : {state.attended, state.mixed, state.tokens})
      if (tensor.defined()) bytes += tensor.nbytes();
  return bytes;
}

/// Tokens [first, first + count) of a router.
Routing part(const Routing& whole, std::int64_t first, std::int64_t count) {
  const auto some = [&](const at::Tensor& tensor) { return tensor.narrow(0, first, count); };
  return {some(whole.logits), some(whole.dense), some(whole.experts), some(whole.weights), {}};
}

}  // namespace

Result<std::vector<at::Tensor>> StateMaker::encode(const SamplePtr& sample) const {
  const PredictRequest request{sample, 0};
  const auto prepared = prepare(m_config, {&request, 1});
  if (!prepared) return failure(prepared.error());
  std::vector<at::Tensor> encoded = m_network.encode(to(*prepared, m_device), m_change);
  for (std::size_t m = 0; m < encoded.size(); ++m)
    if (prepared->modalities[m].missing.data_ptr<bool>()[0]) encoded[m] = at::Tensor();
  return encoded;
}

Result<std::vector<SampleStatesPtr>> StateMaker::make(std::span<const SamplePtr> samples,
                                                      const std::stop_token& stop) const {
  // One sample at a time: padding and BLAS would let its numbers depend on the company.
  std::vector<std::vector<at::Tensor>> encoded(samples.size());
  const auto done = sideBySide(samples.size(), m_threads, [&](std::size_t i) -> Result<void> {
    if (stop.stop_requested()) return stopped();
    auto one = encode(samples[i]);
    if (!one) return failure(one.error());
    encoded[i] = std::move(*one);
    return {};
  });
  if (!done) return failure(done.error());
  return enter(std::move(encoded), stop);
}

SampleStatesPtr StateMaker::missing(const std::stop_token& stop) const {
  Batch batch;
  for (int m = 0; m < m_config.modalityCount(); ++m)
    batch.modalities.push_back({at::ones({1}, at::TensorOptions(at::kBool).device(m_device)), {}, {}, {}, {}});
  return enter({m_network.encode(batch, m_change)}, stop).front();
}

std::vector<SampleStatesPtr> StateMaker::enter(std::vector<std::vector<at::Tensor>> encoded,
                                               const std::stop_token& stop) const {
  static const MoeChange kUnchanged;
  const std::size_t modalities = m_config.modalities.size();
  std::vector<std::shared_ptr<SampleStates>> all;
  for (std::size_t s = 0; s < encoded.size(); ++s) {
    all.push_back(std::make_shared<SampleStates>());
    all.back()->modalities.resize(modalities);
  }
  std::vector<at::Tensor> attended, inputs;
  for (std::size_t m = 0; m < modalities; ++m) {
    std::vector<at::Tensor> rows;
    for (const std::vector<at::Tensor>& sample : encoded)
      if (sample[m].defined()) rows.push_back(sample[m]);
    // Nobody has it: one row of zeros keeps the shapes, and nobody reads it.
    if (rows.empty()) rows.push_back(m_network.zeros());
    const int modality = static_cast<int>(m);
    const at::Tensor entered = m_network.enter(at::cat(rows, 0), nullptr);
    attended.push_back(stop.stop_requested() ? entered : m_network.attend(0, modality, entered, nullptr));
    inputs.push_back(m_network.moeInput(0, modality, attended.back()));
  }
  MoeOutput output;
  at::Tensor mixed;
  const bool separate = m_config.router != Router::Joint;
  if (separate)
    mixed = m_network.moe(0).mix(inputs, nullptr, m_change.layers.empty() ? kUnchanged : m_change.layers.front(),
                                 output, stop);
  std::int64_t first = 0;
  for (std::size_t m = 0; m < modalities; ++m) {
    const std::int64_t tokens = separate ? output.tokens[m].size(0) / attended[m].size(0) : 0;
    std::int64_t row = 0;
    for (std::size_t s = 0; s < encoded.size(); ++s) {
      if (!encoded[s][m].defined()) continue;
      all[s]->present |= 1U << m;
      EnteredModality& state = all[s]->modalities[m];
      state.attended = attended[m].narrow(0, row, 1);
      if (separate) {
        state.mixed = mixed.narrow(0, first + row * tokens, tokens);
        state.tokens = output.tokens[m].narrow(0, row * tokens, tokens);
        state.routing = part(output.routings[m], row * tokens, tokens);
      }
      ++row;
    }
    if (separate) first += output.tokens[m].size(0);
  }
  return {all.begin(), all.end()};
}

std::list<StateCache::Entry>::iterator StateCache::place(const SamplePtr& sample, const std::string& change) {
  return std::find_if(m_entries.begin(), m_entries.end(),
                      [&](const Entry& entry) { return entry.sample == sample && entry.change == change; });
}

SampleStatesPtr StateCache::find(const SamplePtr& sample, const std::string& change) {
  const std::lock_guard lock(m_mutex);
  const auto found = place(sample, change);
  if (found == m_entries.end()) return nullptr;
  m_entries.splice(m_entries.begin(), m_entries, found);
  return found->states;
}

void StateCache::insert(const SamplePtr& sample, const std::string& change, SampleStatesPtr states) {
  const std::lock_guard lock(m_mutex);
  if (place(sample, change) != m_entries.end()) return;
  m_bytes += bytesOf(*states);
  m_entries.push_front({sample, change, std::move(states)});
  while ((m_bytes > kCacheBytes || m_entries.size() > kCacheEntries) && m_entries.size() > 1) {
    m_bytes -= bytesOf(*m_entries.back().states);
    m_entries.pop_back();
  }
}

}  // namespace fusemoe
