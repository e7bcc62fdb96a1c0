#include "torch/moe/sparse_moe.h"

#include <ATen/ATen.h>

#include "torch/model/parameters.h"

namespace fusemoe {
namespace {

/// Rows of a matrix. at::embedding, because its gradient on the CPU is many times faster than index_select's.
at::Tensor gatherRows(const at::Tensor& matrix, const at::Tensor& rows) {
  return at::embedding(matrix, rows);
}

}  // namespace

SparseMoe::SparseMoe(const ModelConfig& config, int layer, const TensorMap& parameters)
    : m_gate(config.gate),
      m_router(config.router),
      m_token(config.token),
      m_output(config.expertOutput),
      m_modalities(config.modalityCount()),
      m_bins(config.bins),
      m_width(config.width),
      m_topK(config.topK),
      m_choices(config.expertsPerRouter()),
      m_noisy(config.noisyGating),
      m_dropout(config.dropout),
      m_experts(config, layer, parameters) {
  const std::string prefix = "layers." + std::to_string(layer) + ".";
  for (int router = 0; router < config.routerCount(); ++router) {
    const at::Tensor gate = parameters.at(prefix + "router." + routerName(config, router) + ".gate");
    // Logits read it vector by vector: without gradients it is laid out so once, not at every call.
    m_gates.push_back(gate.requires_grad() ? gate : gate.t().contiguous().t());
    m_noises.push_back(parameters.at(prefix + "router." + routerName(config, router) + ".noise"));
  }
}

std::vector<at::Tensor> SparseMoe::tokensOf(const std::vector<at::Tensor>& sequences) const {
  std::vector<at::Tensor> tokens;
  for (const at::Tensor& sequence : sequences)
    tokens.push_back(m_token == TokenGranularity::Sequence ? sequence.reshape({-1, m_bins * m_width})
                                                           : sequence.reshape({-1, m_width}));
  if (m_router == Router::Joint) return {at::cat(tokens, -1)};
  return tokens;
}

MoeOutput SparseMoe::operator()(const std::vector<at::Tensor>& sequences, NoiseGenerator* generator,
                                const MoeChange& change, const std::stop_token& stop) const {
  MoeOutput output;
  combine(mix(sequences, generator, change, output, stop), output);
  return output;
}

at::Tensor SparseMoe::mix(const std::vector<at::Tensor>& sequences, NoiseGenerator* generator, const MoeChange& change,
                          MoeOutput& output, const std::stop_token& stop) const {
  output.tokens = tokensOf(sequences);
  std::vector<at::Tensor> experts, weights;
  NoiseGenerator* noise = m_noisy ? generator : nullptr;
  for (std::size_t router = 0; router < output.tokens.size(); ++router) {
    Routing routing = route(change.gate.value_or(m_gate), change.topK > 0 ? change.topK : m_topK, output.tokens[router],
                            m_gates[router], m_noises[router], noise,
                            change.routers.empty() ? RoutingChange{} : change.routers[router]);
    const std::int64_t first = m_router == Router::Disjoint ? static_cast<std::int64_t>(router) * m_choices : 0;
    experts.push_back(routing.experts + first);
    weights.push_back(routing.weights);
    output.routings.push_back(std::move(routing));
  }
  const at::Tensor tokens = at::cat(output.tokens, 0), chosen = at::cat(experts, 0), shares = at::cat(weights, 0);
  if (predictsOnCpu(tokens)) return m_experts.mix(tokens, chosen, shares, change.computedBy, stop);
  return runExperts(tokens, chosen, shares, generator, change.computedBy);
}

void SparseMoe::combine(const at::Tensor& mixed, MoeOutput& output) const {
  output.combined = mixed.view({static_cast<std::int64_t>(m_gates.size()), -1, mixed.size(1)}).sum(0);
  for (const at::Tensor& part : output.combined.chunk(m_modalities, -1))
    output.perModality.push_back(part.reshape({-1, m_bins, m_width}));
}

at::Tensor SparseMoe::expertOutput(const Expert& expert, const at::Tensor& tokens, const at::Tensor& keep) const {
  const at::Tensor hidden = erfGelu(expert.fc1(tokens));
  const at::Tensor out = expert.fc2(keep.defined() ? hidden * keep : hidden);
  return m_output == ExpertOutput::LogSoftmax ? at::exp(at::log_softmax(out, -1)) : out;
}

at::Tensor SparseMoe::runExperts(const at::Tensor& tokens, const at::Tensor& experts, const at::Tensor& weights,
                                 NoiseGenerator* generator, const std::vector<std::size_t>& computedBy) const {
  const std::int64_t kept = experts.size(1);
  const at::Tensor flat = experts.flatten();
  const at::Tensor order = at::argsort(flat, /*stable=*/true);
  const at::Tensor rows = at::div(order, kept, "floor");
  const at::Tensor counts =
      at::bincount(flat, {}, static_cast<std::int64_t>(m_experts.experts().size())).to(at::kCPU).contiguous();
  std::vector<at::Tensor> outputs;
  const bool drops = generator && m_dropout > 0;
  const std::uint64_t call = drops ? generator->nextCall() : 0;
  const std::int64_t groupSize = flat.size(0) / static_cast<std::int64_t>(m_gates.size());
  std::int64_t first = 0;
  for (std::size_t expert = 0; expert < m_experts.experts().size(); ++expert) {
    const std::int64_t count = counts.data_ptr<std::int64_t>()[expert];
    if (count == 0) continue;
    const at::Tensor input = gatherRows(tokens, rows.narrow(0, first, count));
    at::Tensor keep;
    if (drops)
      keep = generator->keepRows(call, input, m_experts.experts()[expert].fc1.weight.size(0), m_dropout,
                                 order.narrow(0, first, count), groupSize);
    outputs.push_back(expertOutput(m_experts.experts()[computedBy.empty() ? expert : computedBy[expert]], input, keep));
    first += count;
  }
  const at::Tensor inExpertOrder = at::cat(outputs, 0);
  const at::Tensor inTokenOrder = gatherRows(inExpertOrder, at::argsort(order)).view({tokens.size(0), kept, -1});
  // One product a kept expert: with all of them in one, LibTorch's backward leaves its fast path.
  at::Tensor mixed = inTokenOrder.select(1, 0) * weights.select(1, 0).unsqueeze(-1);
  for (std::int64_t k = 1; k < kept; ++k)
    mixed = mixed + inTokenOrder.select(1, k) * weights.select(1, k).unsqueeze(-1);
  if (m_output == ExpertOutput::Linear) return mixed;
  return at::log(at::where(mixed == 0, at::full_like(mixed, kSmallestProbability), mixed));
}

}  // namespace fusemoe
