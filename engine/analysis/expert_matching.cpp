#include "analysis/expert_matching.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>

#include "analysis/metrics.h"
#include "analysis/stay_view.h"
#include "base/mix.h"

namespace fusemoe {
namespace {

// Conventions of the verdict: mean correlation from which experts are called alike, and the share of what shuffled
// stays leave open that must be reached before they are called the same.
constexpr double kAlike = 0.3, kPatientShare = 0.3;

/// Kept weight of the experts of a layer, stay by stay: [stays, routers, experts].
using Usage = std::vector<float>;

/// Usage of each layer of a model.
struct Profiles {
  RoutingShape shape;
  std::vector<Usage> layers;
  std::size_t stays = 0;
};

/// The same of one expert after another, each [stays, routers] brought to mean 0 and length 1; all 0 for one whose
/// weight never changes, as that of an expert nobody kept.
std::vector<double> normalised(const Usage& usage, const RoutingShape& shape, std::size_t stays,
                               std::span<const std::size_t> order) {
  const auto experts = static_cast<std::size_t>(shape.experts), routers = static_cast<std::size_t>(shape.routers);
  const std::size_t length = stays * routers;
  std::vector<double> rows(experts * length);
  for (std::size_t s = 0; s < stays; ++s)
    for (std::size_t r = 0; r < routers; ++r)
      for (std::size_t e = 0; e < experts; ++e)
        rows[e * length + s * routers + r] = static_cast<double>(usage[(order[s] * routers + r) * experts + e]);
  for (std::size_t e = 0; e < experts; ++e) {
    const auto row = std::span(rows).subspan(e * length, length);
    const double mean = meanOf(row);
    double squares = 0;
    for (double& value : row) {
      value -= mean;
      squares += value * value;
    }
    const double scale = squares > 1e-12 * static_cast<double>(length) ? 1 / std::sqrt(squares) : 0;
    for (double& value : row) value *= scale;
  }
  return rows;
}

/// [S, S] correlations.
std::vector<double> correlations(const std::vector<double>& a, const std::vector<double>& b, std::size_t experts) {
  std::vector<double> all(experts * experts);
  const std::size_t length = experts > 0 ? a.size() / experts : 0;
  for (std::size_t i = 0; i < experts; ++i)
    for (std::size_t j = 0; j < experts; ++j)
      all[i * experts + j] = std::inner_product(a.begin() + static_cast<std::ptrdiff_t>(i * length),
                                                a.begin() + static_cast<std::ptrdiff_t>((i + 1) * length),
                                                b.begin() + static_cast<std::ptrdiff_t>(j * length), 0.0);
  return all;
}

double meanOfPairs(const std::vector<double>& similarity, const std::vector<int>& partner) {
  double sum = 0;
  for (std::size_t e = 0; e < partner.size(); ++e)
    sum += similarity[e * partner.size() + static_cast<std::size_t>(partner[e])];
  return partner.empty() ? 0 : sum / static_cast<double>(partner.size());
}

/// Where several assignments are equally good, as among experts nobody kept, that with more experts of equal number.
std::vector<double> favouringOwnNumber(std::vector<double> similarity, std::size_t experts) {
  for (std::size_t e = 0; e < experts; ++e) similarity[e * experts + e] += 1e-9;
  return similarity;
}

/// The numbers below `count` in an order that depends on the seed alone.
std::vector<std::size_t> shuffledOrder(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::uint64_t own = mixed(seed);
  std::ranges::sort(order, {}, [own](std::size_t i) { return std::pair(mixed(own ^ i), i); });
  return order;
}

MatchedLayer matchLayer(const Usage& a, const Usage& b, const RoutingShape& shape, std::size_t stays,
                        const MatchingOptions& options) {
  const int experts = shape.experts;
  std::vector<std::size_t> order(stays);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::vector<double> rowsA = normalised(a, shape, stays, order);
  MatchedLayer layer;
  layer.similarity = correlations(rowsA, normalised(b, shape, stays, order), static_cast<std::size_t>(experts));
  layer.partner = bestAssignment(favouringOwnNumber(layer.similarity, static_cast<std::size_t>(experts)), experts);
  layer.matched = meanOfPairs(layer.similarity, layer.partner);
  std::vector<int> same(static_cast<std::size_t>(experts));
  std::iota(same.begin(), same.end(), 0);
  layer.byNumber = meanOfPairs(layer.similarity, same);
  for (std::size_t e = 0; e < same.size(); ++e) layer.sameNumber += layer.partner[e] == same[e] ? 1 : 0;
  std::vector<double> chance;
  for (int shuffle = 0; shuffle < options.shuffles; ++shuffle) {
    const auto shuffled = shuffledOrder(stays, options.seed + static_cast<std::uint64_t>(shuffle));
    const auto similarity =
        correlations(rowsA, normalised(b, shape, stays, shuffled), static_cast<std::size_t>(experts));
    chance.push_back(meanOfPairs(similarity, bestAssignment(similarity, experts)));
  }
  if (chance.empty()) return layer;
  std::ranges::sort(chance);
  layer.chance = meanOf(chance);
  layer.chanceHigh = quantile(chance, 0.95);
  return layer;
}

Result<void> checkFit(const ModelConfig& a, const ModelConfig& b) {
  const auto differ = [](const std::string& what) {
    return failure("The two models have " + what + ", so their experts cannot be matched.",
                   "Match models of one configuration, as trained with several seeds.");
  };
  if (!std::ranges::equal(a.modalities, b.modalities, {}, &ModalityConfig::name, &ModalityConfig::name))
    return differ("other modalities");
  if (a.layers != b.layers) return differ("another number of layers");
  if (a.experts != b.experts) return differ("another number of experts");
  if (a.routerCount() != b.routerCount()) return differ("another number of routers");
  return {};
}

Result<Profiles> profilesOf(const Model& model, const SampleSource& source, const MatchingOptions& options,
                            const ProgressSink& progress, const std::stop_token& stop) {
  Profiles profiles{RoutingShape(model.config()), {}, 0};
  const RoutingShape& shape = profiles.shape;
  profiles.layers.resize(static_cast<std::size_t>(shape.layers));
  const std::size_t width = static_cast<std::size_t>(shape.routers) * static_cast<std::size_t>(shape.experts);
  const ModalityMask nothing = 0;
  SweepOptions sweep;
  sweep.split = options.split;
  sweep.most = options.most;
  auto swept = sweepMasks(
      model, source, {&nothing, 1}, sweep,
      [&](const SweptStay& stay) {
        for (int l = 0; l < shape.layers; ++l) {
          const auto kept = std::span(stay.routings.front().meanTopK).subspan(shape.at(l, 0), width);
          Usage& usage = profiles.layers[static_cast<std::size_t>(l)];
          usage.insert(usage.end(), kept.begin(), kept.end());
        }
        ++profiles.stays;
        return true;
      },
      progress, stop);
  if (!swept) return failure(swept.error());
  return profiles;
}

/// Does "expert 3" mean the same in the other model?
std::string verdictOf(const MatchingReport& report, int experts) {
  double matched = 0, chance = 0, high = 0, byNumber = 0;
  int same = 0;
  const auto layers = static_cast<double>(report.layers.size());
  for (const MatchedLayer& layer : report.layers) {
    matched += layer.matched / layers;
    chance += layer.chance / layers;
    high += layer.chanceHigh / layers;
    byNumber += layer.byNumber / layers;
    same += layer.sameNumber;
  }
  const int all = experts * static_cast<int>(report.layers.size());
  char numbers[200];
  std::snprintf(numbers, sizeof numbers,
                " (correlation %.2f matched, %.2f by number, %.2f at most with stays shuffled; %d of %d experts "
                "matched with their own number; n = %zu stays.)",
                matched, byNumber, high, same, all, report.stays);
  // Shuffled stays still show which modalities an expert serves; only what is beyond that is about patients.
  const bool beyondChance = matched > high && matched - chance > kPatientShare * (1 - chance);
  if (beyondChance && same == all)
    return std::string("An expert means the same in both models under the same number.") + numbers;
  if (beyondChance)
    return std::string(
               "An expert's number does not carry over: what it does is found in the other model, under another "
               "number.") +
           numbers;
  if (matched >= kAlike)
    return std::string(
               "Experts agree in which modalities they serve, but not in which patients: an expert's number means "
               "nothing in the other model.") +
           numbers;
  return std::string("Experts of one model are not found in the other: an expert's number means nothing there.") +
         numbers;
}

}  // namespace

std::vector<int> bestAssignment(std::span<const double> gain, int n) {
  // Shortest augmenting paths with potentials (Jonker & Volgenant 1987) on cost = −gain; row and column 0 are a
  // sentinel.
  const auto size = static_cast<std::size_t>(n);
  constexpr double kFar = std::numeric_limits<double>::infinity();
  std::vector<double> rowPotential(size + 1), columnPotential(size + 1);
  std::vector<std::size_t> rowOf(size + 1), before(size + 1);
  for (std::size_t row = 1; row <= size; ++row) {
    rowOf[0] = row;
    std::size_t column = 0;
    std::vector<double> least(size + 1, kFar);
    std::vector<bool> done(size + 1);
    while (rowOf[column] != 0) {
      done[column] = true;
      const std::size_t from = rowOf[column];
      double step = kFar;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= size; ++j) {
        if (done[j]) continue;
        const double reduced = -gain[(from - 1) * size + j - 1] - rowPotential[from] - columnPotential[j];
        if (reduced < least[j]) {
          least[j] = reduced;
          before[j] = column;
        }
        if (least[j] < step) {
          step = least[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= size; ++j) {
        if (done[j]) {
          rowPotential[rowOf[j]] += step;
          columnPotential[j] -= step;
        } else {
          least[j] -= step;
        }
      }
      column = next;
    }
    for (; column != 0; column = before[column]) rowOf[column] = rowOf[before[column]];
  }
  std::vector<int> columnOf(size);
  for (std::size_t j = 1; j <= size; ++j) columnOf[rowOf[j] - 1] = static_cast<int>(j - 1);
  return columnOf;
}

Result<MatchingReport> matchExperts(const Model& a, const Model& b, const SampleSource& source,
                                    const MatchingOptions& options, const ProgressSink& progress,
                                    const std::stop_token& stop) {
  if (auto fit = checkFit(a.config(), b.config()); !fit) return failure(fit.error());
  auto first = profilesOf(a, source, options, stepOf(progress, 0, 2, "routing of the first model"), stop);
  if (!first) return failure(first.error());
  auto second = profilesOf(b, source, options, stepOf(progress, 1, 2, "routing of the second model"), stop);
  if (!second) return failure(second.error());
  if (first->stays != second->stays) return failure("The two models did not route the same stays.");
  if (first->stays < 2) return failure("Matching experts needs at least two stays.", "Take a larger slice.");
  MatchingReport report;
  report.stays = first->stays;
  for (std::size_t l = 0; l < first->layers.size(); ++l) {
    if (stop.stop_requested()) return failure("The matching was stopped.");
    report.layers.push_back(matchLayer(first->layers[l], second->layers[l], first->shape, report.stays, options));
  }
  report.verdict = verdictOf(report, first->shape.experts);
  return report;
}

}  // namespace fusemoe
