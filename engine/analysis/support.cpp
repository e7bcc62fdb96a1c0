#include "analysis/support.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/mask_batches.h"
#include "analysis/metrics.h"
#include "analysis/stay_view.h"

namespace fusemoe {
namespace {

constexpr std::size_t kFewest = 20;  ///< stays a reference needs
/// The root turns what float32 rounds off a probability near 0 into this much; less is no distance.
constexpr double kRounding = 1e-3;
constexpr double kNeverSeen = std::numeric_limits<double>::quiet_NaN();

void appendRoots(const std::vector<float>& dense, std::vector<float>& rows) {
  for (const float share : dense) rows.push_back(std::sqrt(std::max(share, 0.0F)));
}

/// Hellinger distance, 0 … 1, mean over layers and routers, of two rows of roots.
double hellinger(const float* a, const float* b, const RoutingShape& shape) {
  double sum = 0;
  const int cells = shape.layers * shape.routers;
  for (int cell = 0; cell < cells; ++cell, a += shape.experts, b += shape.experts) {
    float squares = 0;
    for (int e = 0; e < shape.experts; ++e) squares += (a[e] - b[e]) * (a[e] - b[e]);
    sum += std::sqrt(static_cast<double>(squares) / 2);
  }
  return sum / cells;
}

/// The smallest distances so far.
class Nearest {
 public:
  explicit Nearest(int count) : m_count(static_cast<std::size_t>(std::max(count, 1))) {}
  void add(double distance) {
    if (m_distances.size() == m_count && distance >= m_distances.back()) return;
    m_distances.insert(std::ranges::upper_bound(m_distances, distance), distance);
    if (m_distances.size() > m_count) m_distances.pop_back();
  }
  double mean() const {
    const double mean = meanOf(m_distances);
    return mean < kRounding ? 0 : mean;
  }

 private:
  std::size_t m_count;
  std::vector<double> m_distances;  ///< ascending
};

/// How many stays of a split there are, and those whose record, under the mask, shows what the patient shows.
struct Pattern {
  std::size_t splitStays = 0, patternStays = 0;
  std::vector<std::int64_t> alike;
};

Result<Pattern> patternOf(const ModelConfig& config, const SampleSource& source, const SupportOptions& options,
                          const std::stop_token& stop) {
  Pattern pattern;
  auto visited = source.visit(options.split, [&](const SamplePtr& sample) {
    const std::uint32_t recorded = recordedModalities(config, *sample);
    ++pattern.splitStays;
    if (recorded == options.present) ++pattern.patternStays;
    if ((recorded & ~options.mask) == options.present) pattern.alike.push_back(sample->stayId);
    return !stop.stop_requested();
  });
  if (!visited) return failure(visited.error());
  if (stop.stop_requested()) return failure("The comparison with the cohort was stopped.");
  return pattern;
}

/// Sums of what each router keeps for each expert.
class SeenExperts {
 public:
  explicit SeenExperts(const RoutingShape& shape)
      : m_shape(shape), m_sums(shape.size()), m_stays(static_cast<std::size_t>(shape.routers)) {}
  void add(const MaskedRouting& routing) {
    for (int r = 0; r < m_shape.routers; ++r) {
      if (m_shape.routers > 1 && !(routing.present >> r & 1U)) continue;
      ++m_stays[static_cast<std::size_t>(r)];
      for (int l = 0; l < m_shape.layers; ++l)
        for (std::size_t i = m_shape.at(l, r); i < m_shape.at(l, r) + static_cast<std::size_t>(m_shape.experts); ++i)
          m_sums[i] += static_cast<double>(routing.meanTopK[i]);
    }
  }
  /// [L, R, S]; NaN where no stay has the router's modality.
  std::vector<double> means() const {
    std::vector<double> means(m_sums.size(), kNeverSeen);
    const auto experts = static_cast<std::size_t>(m_shape.experts), routers = static_cast<std::size_t>(m_shape.routers);
    for (std::size_t i = 0; i < means.size(); ++i)
      if (const std::size_t stays = m_stays[i / experts % routers]) means[i] = m_sums[i] / static_cast<double>(stays);
    return means;
  }

 private:
  RoutingShape m_shape;
  std::vector<double> m_sums;
  std::vector<std::size_t> m_stays;
};

/// To their own nearest, each without itself.
Result<std::vector<double>> distancesWithin(const std::vector<float>& rows, const RoutingShape& shape, int neighbours,
                                            const std::stop_token& stop) {
  const std::size_t width = shape.size(), stays = rows.size() / width;
  std::vector<Nearest> nearest(stays, Nearest(neighbours));
  for (std::size_t i = 0; i < stays; ++i) {
    if (stop.stop_requested()) return failure("The comparison with the cohort was stopped.");
    for (std::size_t j = i + 1; j < stays; ++j) {
      const double distance = hellinger(rows.data() + i * width, rows.data() + j * width, shape);
      nearest[i].add(distance);
      nearest[j].add(distance);
    }
  }
  std::vector<double> distances;
  for (const Nearest& own : nearest) distances.push_back(own.mean());
  std::ranges::sort(distances);
  return distances;
}

std::string splitName(const std::string& split) {
  return split.empty() ? "the cohort" : "split '" + split + "'";
}

}  // namespace

Result<std::shared_ptr<const SupportReference>> SupportReference::make(const Model& model, const SampleSource& source,
                                                                       const SupportOptions& options,
                                                                       const ProgressSink& progress,
                                                                       const std::stop_token& stop) {
  auto pattern = patternOf(model.config(), source, options, stop);
  if (!pattern) return failure(pattern.error());
  if (pattern->splitStays < kFewest)
    return failure("The reference has " + std::to_string(pattern->splitStays) + " stays in " +
                       splitName(options.split) + ", too few to compare a patient with.",
                   "Choose a split or slice with at least " + std::to_string(kFewest) + " stays.");
  const std::shared_ptr<SupportReference> made(new SupportReference);
  made->m_options = options;
  made->m_shape = RoutingShape(model.config());
  made->m_joint = model.config().router == Router::Joint;
  made->m_patternStays = pattern->patternStays;
  made->m_splitStays = pattern->splitStays;
  made->m_samePattern = pattern->alike.size() >= kFewest;
  const auto keep = [&](const SweptStay& stay, const MaskedRouting& routing) {
    made->m_stays.push_back(stay.sample->stayId);
    appendRoots(routing.meanDense, made->m_rows);
  };
  SweepOptions sweep;
  sweep.split = options.split;
  sweep.most = options.most;
  // As recorded: what each router has seen. Where too few stays are alike, the reference is the same stays masked.
  std::vector<ModalityMask> masks{0};
  if (!made->m_samePattern) masks.push_back(options.mask);
  SeenExperts seen(made->m_shape);
  auto swept = sweepMasks(
      model, source, masks, sweep,
      [&](const SweptStay& stay) {
        seen.add(stay.routings.front());
        if (!made->m_samePattern) keep(stay, stay.routings.back());
        return true;
      },
      stepOf(progress, 0, made->m_samePattern ? 2 : 1, "what the routers have seen"), stop);
  if (!swept) return failure(swept.error());
  made->m_seen = seen.means();
  if (made->m_samePattern) {
    const SliceSource alike(source, std::move(pattern->alike));
    swept = sweepMasks(
        model, alike, {&options.mask, 1}, sweep,
        [&](const SweptStay& stay) {
          keep(stay, stay.routings.front());
          return true;
        },
        stepOf(progress, 1, 2, "stays that show the same modalities"), stop);
    if (!swept) return failure(swept.error());
  }
  auto distances = distancesWithin(made->m_rows, made->m_shape, options.neighbours, stop);
  if (!distances) return failure(distances.error());
  made->m_distances = std::move(*distances);
  return made;
}

SupportReport SupportReference::report(const MaskedRouting& routing, std::int64_t stayId) const {
  SupportReport report;
  std::vector<float> row;
  appendRoots(routing.meanDense, row);
  Nearest nearest(m_options.neighbours);
  for (std::size_t i = 0; i < m_stays.size(); ++i) {
    if (m_stays[i] == stayId) continue;
    nearest.add(hellinger(row.data(), m_rows.data() + i * row.size(), m_shape));
    ++report.reference;
  }
  report.distance = nearest.mean();
  // Stays as far as the patient count half, so that a patient among equals is in the middle.
  const auto [first, last] = std::ranges::equal_range(m_distances, report.distance);
  const auto nearer = static_cast<double>(first - m_distances.begin()), equal = static_cast<double>(last - first);
  const bool farthest = nearer + equal == static_cast<double>(m_distances.size()) && nearer > 0;
  report.percentile = farthest ? 100 : 100 * (nearer + equal / 2) / static_cast<double>(m_distances.size());
  report.alarm = report.percentile > m_options.alarmPercentile;
  report.samePattern = m_samePattern;
  report.patternStays = m_patternStays;
  report.splitStays = m_splitStays;
  report.distances = m_distances;
  bool unseen = false;
  for (int l = 0; l < m_shape.layers && !m_joint; ++l)
    for (int r = 0; r < m_shape.routers; ++r) {
      if (routing.present >> r & 1U) continue;
      for (int e = 0; e < m_shape.experts; ++e) {
        const std::size_t i = m_shape.at(l, r) + static_cast<std::size_t>(e);
        const auto share = static_cast<double>(routing.meanTopK[i]);
        unseen = unseen || std::isnan(m_seen[i]);
        if (share > m_options.seenShare && m_seen[i] < m_options.seenShare)
          report.misrouted.push_back({l, r, e, share, m_seen[i]});
      }
    }
  std::ranges::stable_sort(report.misrouted, std::ranges::greater(), &Misrouting::share);
  report.note = "Hellinger distance of dense routing, mean over layers and routers, to the " +
                std::to_string(m_options.neighbours) + " nearest of " + std::to_string(report.reference) +
                " stays of " + splitName(m_options.split) +
                (m_samePattern ? " that show the same modalities under this mask."
                               : " under this mask: fewer than " + std::to_string(kFewest) +
                                     " show the same modalities, so all count.");
  if (m_joint) report.note += " A joint router has no modality of its own: nothing can be misrouted.";
  if (unseen) report.note += " No stay has one of the missing modalities, so what its router has seen is not known.";
  return report;
}

}  // namespace fusemoe
