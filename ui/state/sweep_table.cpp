#include "state/sweep_table.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace fusemoe::ui {
namespace {

constexpr double kWhole = 65535;  // a router's whole weight

std::uint16_t whole(double value) {
  return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0, kWhole)));
}

}  // namespace

std::vector<double> received(const RouterResult& router, LoadMeasure measure) {
  std::vector<double> parts(router.meanTopK.size(), 0.0);
  if (measure == LoadMeasure::Importance) {
    std::ranges::transform(router.meanTopK, parts.begin(),
                           [&](float weight) { return double(weight) * router.tokens; });
    return parts;
  }
  for (std::size_t i = 0; i < router.topKExpert.size(); ++i) {
    if (router.topKWeight[i] > 0) parts[static_cast<std::size_t>(router.topKExpert[i])] += 1;
  }
  return parts;
}

float shownRisk(const ModelConfig& config, const RoutingResult& result) {
  return config.task.kind == TaskKind::MultiLabel ? *std::ranges::max_element(result.probability)
                                                  : result.probability.front();
}

SweepRow sweepRow(int row, const ModelConfig& config, const RoutingResult& result) {
  SweepRow kept{row, shownRisk(config, result), {}};
  for (const LayerResult& layer : result.layers) {
    for (const RouterResult& router : layer.routers) {
      for (const double tokens : received(router, LoadMeasure::Tokens)) kept.cells.push_back(whole(tokens));
    }
    for (const RouterResult& router : layer.routers) {
      for (const float weight : router.meanTopK) kept.cells.push_back(whole(kWhole * double(weight)));
    }
  }
  return kept;
}

SweepTable::SweepTable(const ModelConfig& config, std::size_t rows)
    : m_routers(config.routerCount()),
      m_experts(config.experts),
      m_states(rows, State::Unknown),
      m_risks(rows, std::numeric_limits<float>::quiet_NaN()),
      m_blocks((rows + kBlock - 1) / kBlock) {
  m_totals.assign(static_cast<std::size_t>(config.layers), emptySum());
}

float SweepTable::risk(int row) const {
  return tried(row) ? m_risks[static_cast<std::size_t>(row)] : std::numeric_limits<float>::quiet_NaN();
}

LoadSum SweepTable::emptySum() const {
  return {std::vector<std::uint64_t>(cellsOfLayer(), 0), 0};
}

void SweepTable::insert(const SweepRow& row) {
  const auto index = static_cast<std::size_t>(row.row);
  if (index >= m_states.size() || tried(row.row)) return;
  const bool known = !std::isnan(row.risk);
  m_states[index] = known ? State::Known : State::Failed;
  m_risks[index] = row.risk;
  ++m_tried;
  if (!known) {
    ++m_failed;
    return;
  }
  const std::size_t width = cellsOfLayer();
  assert(row.cells.size() == m_totals.size() * width);
  std::vector<std::uint16_t>& block = m_blocks[index / kBlock];
  if (block.empty()) block.resize(m_totals.size() * kBlock * width);
  for (std::size_t layer = 0; layer < m_totals.size(); ++layer) {
    const auto from = row.cells.begin() + static_cast<std::ptrdiff_t>(layer * width);
    const std::size_t place = (layer * kBlock + index % kBlock) * width;
    std::copy_n(from, width, block.begin() + static_cast<std::ptrdiff_t>(place));
    addTo(m_totals[layer], static_cast<int>(layer), row.row);
  }
}

void SweepTable::addTo(LoadSum& sum, int layer, int row) const {
  if (state(row) != State::Known) return;
  const auto index = static_cast<std::size_t>(row);
  const std::size_t width = cellsOfLayer();
  const std::uint16_t* cells =
      m_blocks[index / kBlock].data() + (static_cast<std::size_t>(layer) * kBlock + index % kBlock) * width;
  for (std::size_t i = 0; i < width; ++i) sum.cells[i] += cells[i];
  ++sum.stays;
}

std::vector<double> SweepTable::received(const LoadSum& sum, int router, LoadMeasure measure) const {
  const bool tokens = measure == LoadMeasure::Tokens;
  const int first = ((tokens ? 0 : m_routers) + router) * m_experts;
  std::vector<double> parts;
  for (int expert = 0; expert < m_experts; ++expert) {
    const auto cell = static_cast<double>(sum.cells.at(static_cast<std::size_t>(first + expert)));
    parts.push_back(tokens ? cell : cell / kWhole);
  }
  return parts;
}

}  // namespace fusemoe::ui
