#include "analysis/mask_lattice.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "analysis/mask_batches.h"

namespace fusemoe {
namespace {

using Clock = std::chrono::steady_clock;
using ValueOf = std::function<double(const MaskedRouting&)>;

std::size_t index(int value) {
  return static_cast<std::size_t>(value);
}

/// What a game gives each player and pair.
struct Shares {
  std::vector<double> value, standardError, interaction;
};

/// Which sets of players are computed, and how shares follow from their values. A set has bit i = players[i] is shown.
class Plan {
 public:
  Plan(int players, const LatticeRequest& request)
      : m_players(players), m_all(static_cast<std::uint32_t>((std::uint64_t{1} << players) - 1)) {
    if (players <= kExactModalities) {
      for (std::uint32_t masked = 0; masked <= m_all; ++masked) m_sets.push_back(m_all & ~masked);
      return;
    }
    m_orders = sampledOrders(players, std::max(1, request.permutations), request.seed);
    m_sets = {m_all, 0};
    for (const std::uint32_t set : setsMet(m_orders))
      if (set != 0 && set != m_all) m_sets.push_back(set);
    for (std::size_t i = 0; i < m_sets.size(); ++i) m_places.emplace(m_sets[i], i);
  }

  bool exact() const { return m_orders.empty(); }
  const std::vector<std::uint32_t>& sets() const { return m_sets; }

  Shares sharesOf(const std::vector<MaskedRouting>& points, const ValueOf& value) const {
    if (!exact()) {
      SampledShapley sampled =
          sampledShapley(m_orders, [&](std::uint32_t set) { return value(points[m_places.find(set)->second]); });
      return {std::move(sampled.value), std::move(sampled.standardError), std::move(sampled.interaction)};
    }
    std::vector<double> game(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) game[m_sets[i]] = value(points[i]);
    return {shapleyValues(game, m_players), std::vector<double>(index(m_players)),
            shapleyInteractions(game, m_players)};
  }

 private:
  int m_players;
  std::uint32_t m_all;
  std::vector<std::vector<int>> m_orders;  ///< empty where exact
  std::vector<std::uint32_t> m_sets;       ///< in the order of MaskLattice::points
  std::unordered_map<std::uint32_t, std::size_t> m_places;
};

double sumOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Shares of the expert weights, spread over all modalities.
void addExperts(MaskLattice& lattice, const Plan& plan, int modalities) {
  const RoutingShape& shape = lattice.shape;
  const std::size_t cells = index(shape.layers) * index(shape.experts), n = lattice.players.size();
  lattice.expertShapley.assign(index(modalities) * cells, 0.0);
  if (plan.exact()) lattice.expertInteraction.assign(index(modalities) * index(modalities) * cells, 0.0);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const int layer = static_cast<int>(cell) / shape.experts, expert = static_cast<int>(cell) % shape.experts;
    const auto weight = [&](const MaskedRouting& point) { return lattice.expertWeight(point, layer, expert); };
    const Shares shares = plan.sharesOf(lattice.points, weight);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t row = index(lattice.players[i]);
      lattice.expertShapley[row * cells + cell] = shares.value[i];
      for (std::size_t j = 0; plan.exact() && j < n; ++j)
        lattice.expertInteraction[(row * index(modalities) + index(lattice.players[j])) * cells + cell] =
            shares.interaction[i * n + j];
    }
    lattice.expertSumCheck =
        std::max(lattice.expertSumCheck,
                 std::abs(sumOf(shares.value) - (weight(lattice.fullPoint()) - weight(lattice.emptyPoint()))));
  }
}

/// Shares of the prediction, spread over all modalities.
void addPrediction(MaskLattice& lattice, const Plan& plan, int modalities) {
  const std::size_t n = lattice.players.size(), m = index(modalities);
  lattice.full = lattice.value(lattice.fullPoint());
  lattice.empty = lattice.value(lattice.emptyPoint());
  lattice.shapley.assign(m, 0.0);
  lattice.standardError.assign(m, 0.0);
  lattice.interaction.assign(m * m, 0.0);
  const Shares shares = plan.sharesOf(lattice.points, [&](const MaskedRouting& point) { return lattice.value(point); });
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t row = index(lattice.players[i]);
    lattice.shapley[row] = shares.value[i];
    lattice.standardError[row] = shares.standardError[i];
    for (std::size_t j = 0; j < n; ++j)
      lattice.interaction[row * m + index(lattice.players[j])] = shares.interaction[i * n + j];
  }
  lattice.sumCheck = sumOf(lattice.shapley) - (lattice.full - lattice.empty);
}

/// log of the sum of exponentials of all logits but one.
double logOfOthers(const std::vector<float>& logits, std::size_t left) {
  double largest = -std::numeric_limits<double>::infinity(), sum = 0;
  for (std::size_t i = 0; i < logits.size(); ++i)
    if (i != left) largest = std::max(largest, static_cast<double>(logits[i]));
  for (std::size_t i = 0; i < logits.size(); ++i)
    if (i != left) sum += std::exp(static_cast<double>(logits[i]) - largest);
  return largest + std::log(sum);
}

}  // namespace

double MaskLattice::value(const MaskedRouting& point) const {
  if (space == ValueSpace::Probability) return static_cast<double>(point.probability[index(output)]);
  // From the head's logits, which tell probabilities near 0 and 1 apart where a float cannot.
  switch (task) {
    case TaskKind::MultiLabel:
      return static_cast<double>(point.headLogits[index(output)]);
    case TaskKind::Binary:
      return static_cast<double>(point.headLogits[1]) - static_cast<double>(point.headLogits[0]);
    case TaskKind::MultiClass:
      break;
  }
  return static_cast<double>(point.headLogits[index(output)]) - logOfOthers(point.headLogits, index(output));
}

double MaskLattice::expertWeight(const MaskedRouting& point, int layer, int expert) const {
  double sum = 0;
  for (int router = 0; router < shape.routers; ++router)
    sum += static_cast<double>(shape.of(point.meanTopK, layer, router)[index(expert)]);
  return sum / shape.routers;
}

Result<MaskLattice> maskLattice(const Model& model, const LatticeRequest& request, const std::stop_token& stop) {
  const ModelConfig& config = model.config();
  const int outputs = config.task.kind == TaskKind::Binary ? 1 : config.outputs();
  if (request.output < 0 || request.output >= outputs)
    return failure("The model " + config.name + " has no output " + std::to_string(request.output + 1) + ".",
                   "It has " + std::to_string(outputs) + ".");
  MaskLattice lattice;
  lattice.shape = RoutingShape(config);
  lattice.task = config.task.kind;
  lattice.output = request.output;
  lattice.space = request.space;
  const std::uint32_t recorded = recordedModalities(config, *request.sample);
  for (int m = 0; m < config.modalityCount(); ++m)
    if (recorded >> m & 1U) lattice.players.push_back(m);
  if (lattice.players.empty())
    return failure("Stay " + std::to_string(request.sample->stayId) +
                       " has none of the model's modalities: there is "
                       "nothing to mask.",
                   "Choose a stay that has one at least.");
  const Plan plan(static_cast<int>(lattice.players.size()), request);
  lattice.exact = plan.exact();
  std::vector<ModalityMask> masks;
  for (const std::uint32_t shown : plan.sets()) {
    ModalityMask mask = 0;
    for (std::size_t i = 0; i < lattice.players.size(); ++i)
      if (!(shown >> i & 1U)) mask |= ModalityMask{1} << lattice.players[i];
    masks.push_back(mask);
  }
  const auto start = Clock::now();
  auto routings = predictInPortions(model, {&request.sample, 1}, masks, request.intervention, stop);
  if (!routings) return failure(routings.error());
  lattice.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  lattice.points = std::move(routings->front());
  addPrediction(lattice, plan, config.modalityCount());
  addExperts(lattice, plan, config.modalityCount());
  return lattice;
}

}  // namespace fusemoe
