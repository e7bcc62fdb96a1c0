#pragma once

#include <cstdint>
#include <vector>

#include "api/model_config.h"
#include "api/routing_result.h"
#include "session/session_state.h"

namespace fusemoe::ui {

/// What each expert got from one router, [S]: tokens that kept it, or the weight they gave it.
std::vector<double> received(const RouterResult& router, LoadMeasure measure);

/// The risk the stay list shows of a result: the probability of the first output, for labels that may hold together the
/// highest of them.
float shownRisk(const ModelConfig& config, const RoutingResult& result);

/// What a sweep keeps of one stay.
struct SweepRow {
  int row = 0;     ///< of the stay list
  float risk = 0;  ///< NaN = the model could not compute it
  /// [layer, measure, router, expert]: tokens kept, and share of the router's weight in 1/65,535: whole numbers, so
  /// that sums are the same in whatever order stays are added.
  std::vector<std::uint16_t> cells;
};
SweepRow sweepRow(int row, const ModelConfig& config, const RoutingResult& result);

/// The load of one layer over a set of stays.
struct LoadSum {
  std::vector<std::uint64_t> cells;  ///< [measure, router, expert]
  int stays = 0;                     ///< added so far
  bool operator==(const LoadSum&) const = default;
};

/// Risk and load of the stays of one cohort in one model, as far as they are known. About 1 KB a stay with three layers
/// of five routers and 16 experts. One thread.
class SweepTable {
 public:
  /// Tables of no rows have no risks.
  SweepTable() = default;
  SweepTable(const ModelConfig& config, std::size_t rows);

  std::size_t rows() const { return m_states.size(); }
  int layers() const { return static_cast<int>(m_totals.size()); }
  int routers() const { return m_routers; }
  int experts() const { return m_experts; }
  /// Tried, whether or not it could be computed.
  bool tried(int row) const { return state(row) != State::Unknown; }
  bool failed(int row) const { return state(row) == State::Failed; }
  std::size_t triedCount() const { return m_tried; }
  std::size_t failedCount() const { return m_failed; }
  /// NaN where it is not known.
  float risk(int row) const;

  void insert(const SweepRow& row);
  /// An empty sum to add to.
  LoadSum emptySum() const;
  /// Adds a stay's load; nothing where it is not known.
  void addTo(LoadSum& sum, int layer, int row) const;
  /// Of all stays known.
  const LoadSum& total(int layer) const { return m_totals.at(static_cast<std::size_t>(layer)); }
  /// What a router gave each expert, [S], in tokens or in shares of a router's weight.
  std::vector<double> received(const LoadSum& sum, int router, LoadMeasure measure) const;

 private:
  enum class State : std::uint8_t { Unknown, Known, Failed };
  static constexpr std::size_t kBlock = 1024;  // rows; memory is taken as results come

  State state(int row) const {
    const auto index = static_cast<std::size_t>(row);
    return row >= 0 && index < m_states.size() ? m_states[index] : State::Unknown;
  }
  std::size_t cellsOfLayer() const {
    return 2 * static_cast<std::size_t>(m_routers) * static_cast<std::size_t>(m_experts);
  }

  int m_routers = 0;
  int m_experts = 0;
  std::size_t m_tried = 0;
  std::size_t m_failed = 0;
  std::vector<State> m_states;
  std::vector<float> m_risks;
  std::vector<std::vector<std::uint16_t>> m_blocks;  ///< [row / kBlock][layer, row, measure, router, expert]
  std::vector<LoadSum> m_totals;                     ///< by layer
};

}  // namespace fusemoe::ui
