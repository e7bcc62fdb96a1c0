#include "torch/moe/expert_bank.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <algorithm>

namespace fusemoe {
namespace {

constexpr std::int64_t kOutputBytes = 8 << 20;  // of experts computed at once, before they are added up: memory
                                                // that the allocator has at hand
constexpr std::int64_t kColumns = 2048;         // that a thread adds up at a time

/// Maps all pages of a weight in one call: 0.04 s a GB measured where the page cache holds large folios, 0.4 s where
/// not.
void mapPages(const at::Tensor& weight) {
#if defined(__linux__)
  constexpr int kPopulateRead = 22;  // MADV_POPULATE_READ, Linux 5.14; older kernels say no and nothing is lost
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(weight.data_ptr()) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(weight.data_ptr()) + weight.nbytes();
  ::madvise(reinterpret_cast<void*>(begin), end - begin, kPopulateRead);
#endif
}

}  // namespace

ExpertBank::ExpertBank(const ModelConfig& config, int layer, const TensorMap& parameters)
    : m_output(config.expertOutput), m_mapped(new std::atomic<bool>[static_cast<std::size_t>(config.experts)] {}) {
  const std::string prefix = "layers." + std::to_string(layer) + ".expert.";
  for (int expert = 0; expert < config.experts; ++expert) {
    const std::string name = prefix + std::to_string(expert);
    m_experts.push_back({Linear(parameters, name + ".fc1"), Linear(parameters, name + ".fc2")});
  }
}

at::Tensor ExpertBank::mix(const at::Tensor& tokens, const at::Tensor& experts, const at::Tensor& weights,
                           const std::vector<std::size_t>& computedBy, const std::stop_token& stop) const {
  const at::Tensor chosen = experts.contiguous(), shares = weights.contiguous();
  const std::int64_t kept = chosen.size(1), out = m_experts.front().fc2.weight.size(0);
  Visits visits(m_experts.size());
  for (std::int64_t i = 0; i < chosen.numel(); ++i) {
    const auto expert = static_cast<std::size_t>(chosen.data_ptr<std::int64_t>()[i]);
    visits[computedBy.empty() ? expert : computedBy[expert]].push_back({i / kept, shares.data_ptr<float>()[i]});
  }
  at::Tensor mixed = at::zeros({tokens.size(0), out}, tokens.options());
  const std::int64_t most = std::max<std::int64_t>(1, kOutputBytes / 4 / out);
  for (std::size_t first = 0; first < visits.size() && !stop.stop_requested();) {
    std::size_t last = first;
    std::int64_t count = 0;
    do count += static_cast<std::int64_t>(visits[last++].size());
    while (last < visits.size() && count + static_cast<std::int64_t>(visits[last].size()) <= most);
    if (count > 0) add(visits, first, last, tokens, mixed, stop);
    first = last;
  }
  if (m_output == ExpertOutput::LogSoftmax && !stop.stop_requested())
    mixed.masked_fill_(mixed == 0, kSmallestProbability).log_();
  return mixed;
}

void ExpertBank::mapPages(const Visits& visits, std::size_t first, std::size_t last,
                          const std::stop_token& stop) const {
  std::vector<const Expert*> fresh;
  for (std::size_t expert = first; expert < last; ++expert)
    if (!visits[expert].empty() && !m_mapped[expert].exchange(true)) fresh.push_back(&m_experts[expert]);
  at::parallel_for(0, static_cast<std::int64_t>(fresh.size()), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end && !stop.stop_requested(); ++i) {
      fusemoe::mapPages(fresh[static_cast<std::size_t>(i)]->fc1.weight);
      fusemoe::mapPages(fresh[static_cast<std::size_t>(i)]->fc2.weight);
    }
  });
}

void ExpertBank::add(const Visits& visits, std::size_t first, std::size_t last, const at::Tensor& tokens,
                     at::Tensor& mixed, const std::stop_token& stop) const {
  std::vector<std::int64_t> rows;
  std::vector<float> weights;
  for (std::size_t expert = first; expert < last; ++expert)
    for (const Visit& visit : visits[expert]) {
      rows.push_back(visit.token);
      weights.push_back(visit.weight);
    }
  const auto count = static_cast<std::int64_t>(rows.size());
  const at::Tensor index = at::from_blob(rows.data(), {count}, at::TensorOptions(at::kLong));
  const at::Tensor input = tokens.index_select(0, index);
  at::Tensor hidden = at::empty({count, m_experts[first].fc1.weight.size(0)}, tokens.options());
  at::Tensor output = at::empty({count, mixed.size(1)}, tokens.options());
  std::vector<RowProduct> inner, outer;
  std::int64_t place = 0;
  for (std::size_t expert = first; expert < last; ++expert) {
    const auto visitors = static_cast<std::int64_t>(visits[expert].size());
    if (visitors == 0) continue;
    const auto some = [&](const at::Tensor& tensor) { return tensor.narrow(0, place, visitors); };
    const Expert& own = m_experts[expert];
    inner.push_back({some(input), own.fc1.weight, own.fc1.bias, some(hidden)});
    outer.push_back({some(hidden), own.fc2.weight, own.fc2.bias, some(output)});
    place += visitors;
  }
  mapPages(visits, first, last, stop);
  compute(inner, stop);
  hidden.copy_(erfGelu(hidden));
  compute(outer, stop);
  if (stop.stop_requested()) return;
  if (m_output == ExpertOutput::LogSoftmax) at::_softmax_out(output, output, -1, false);
  const float* from = output.data_ptr<float>();
  float* to = mixed.data_ptr<float>();
  const std::int64_t width = mixed.size(1);
  at::parallel_for(0, width, kColumns, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = 0; i < count; ++i) {
      float* sum = to + rows[static_cast<std::size_t>(i)] * width;
      const float* one = from + i * width;
      const float weight = weights[static_cast<std::size_t>(i)];
      for (std::int64_t column = begin; column < end; ++column) sum[column] += weight * one[column];
    }
  });
}

}  // namespace fusemoe
