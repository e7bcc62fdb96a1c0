#include "analysis/missingness.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/feature_space.h"
#include "analysis/routing_drift.h"
#include "analysis/stay_view.h"

namespace fusemoe {
namespace {

constexpr const char* kStopped = "The comparison was stopped.";
constexpr std::size_t kFewestPairs = 10;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// A stay as it takes part.
struct Row {
  std::uint32_t others = 0;  ///< modalities it has but the one in question
  bool lacks = false;
  double risk = 0;    ///< the modality masked
  double asItIs = 0;  ///< nothing masked
  float truth = 0;    ///< NaN = unknown
  SamplePtr sample;
  MaskedRouting routing;  ///< the modality masked
  std::vector<float> place;
};

struct Pair {
  std::size_t natural = 0, control = 0;  ///< rows
  double distance = 0;
};

Result<std::vector<Row>> rowsOf(const Model& model, const SampleSource& source, const MissingnessOptions& options,
                                FeatureSpace& space, const ProgressSink& progress, const std::stop_token& stop) {
  const ModalityMask bit = ModalityMask{1} << options.modality;
  const ModalityMask masks[] = {0, bit};
  SweepOptions sweep;
  sweep.split = options.split;
  sweep.most = options.most;
  std::vector<Row> rows;
  const auto output = static_cast<std::size_t>(options.output);
  auto swept = sweepMasks(
      model, source, masks, sweep,
      [&](const SweptStay& stay) {
        space.learn(*stay.sample);
        rows.push_back({stay.recorded & ~bit,
                        (stay.recorded & bit) == 0,
                        static_cast<double>(stay.routings[1].probability[output]),
                        static_cast<double>(stay.routings[0].probability[output]),
                        labelOf(model.config(), *stay.sample, options.output),
                        stay.sample,
                        stay.routings[1],
                        {}});
        return true;
      },
      progress, stop);
  if (!swept) return failure(swept.error());
  space.finish();
  for (Row& row : rows) row.place = space.place(*row.sample);
  return rows;
}

/// The nearest stay that has the modality and otherwise the same ones, not the row itself; kNone where there is none.
Pair nearestTo(std::size_t index, const std::vector<Row>& rows, const FeatureSpace& space) {
  const Row& row = rows[index];
  Pair pair{index, kNone, 0};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == index || rows[i].lacks || rows[i].others != row.others) continue;
    const double distance = space.distance(row.place, rows[i].place, row.others);
    if (pair.control == kNone || distance < pair.distance) pair = {index, i, distance};
  }
  return pair;
}

/// A number of each pair, of those that have it, and its match.
struct PairValues {
  std::vector<double> natural, forced;
  std::vector<std::size_t> control;
  void add(const Pair& pair, double own, double other) {
    natural.push_back(own);
    forced.push_back(other);
    control.push_back(pair.control);
  }
};

/// Of the mean of natural − forced. Pairs that share a match are not independent, so matches are drawn, each with all
/// its pairs: with pairs drawn, where nothing is planted one interval in six would miss 0, not one in twenty.
Interval intervalOf(const PairValues& values, const BootstrapOptions& bootstrap) {
  std::map<std::size_t, std::pair<double, double>> sums;  // of a match: differences, pairs
  for (std::size_t i = 0; i < values.control.size(); ++i) {
    auto& [sum, count] = sums[values.control[i]];
    sum += values.natural[i] - values.forced[i];
    ++count;
  }
  const auto mean = [&](std::span<const std::uint32_t> drawn) -> std::optional<double> {
    double sum = 0, count = 0;
    std::size_t next = 0;
    for (const auto& [control, own] : sums) {
      const double weight = drawn[next++];
      sum += weight * own.first;
      count += weight * own.second;
    }
    return sum / count;
  };
  return bootstrapInterval(sums.size(), bootstrap, mean).value_or(Interval{});
}

PairedDifference differenceOf(const PairValues& values, const BootstrapOptions& bootstrap) {
  const double natural = meanOf(values.natural), forced = meanOf(values.forced);
  return {natural, forced, natural - forced, intervalOf(values, bootstrap)};
}

/// The risk of a natural row beside `ofControl` of its match.
PairedDifference riskDifference(const std::vector<Pair>& pairs, const std::vector<Row>& rows, double Row::*ofControl,
                                const BootstrapOptions& bootstrap) {
  PairValues values;
  for (const Pair& pair : pairs) values.add(pair, rows[pair.natural].risk, rows[pair.control].*ofControl);
  return differenceOf(values, bootstrap);
}

/// None where no pair has both known.
std::optional<PairedDifference> outcomeOf(const std::vector<Pair>& pairs, const std::vector<Row>& rows,
                                          const BootstrapOptions& bootstrap) {
  PairValues values;
  for (const Pair& pair : pairs) {
    const float own = rows[pair.natural].truth, other = rows[pair.control].truth;
    if (!std::isnan(own) && !std::isnan(other)) values.add(pair, own > 0.5F ? 1 : 0, other > 0.5F ? 1 : 0);
  }
  if (values.natural.empty()) return std::nullopt;
  return differenceOf(values, bootstrap);
}

/// Mean and variance of one feature in a group, of those that have it.
struct Group {
  double count = 0, mean = 0, squares = 0;
  void add(const Row& row, std::size_t feature) {
    if (row.place[row.place.size() / 2 + feature] == 0) return;
    const double before = static_cast<double>(row.place[feature]) - mean;
    mean += before / ++count;
    squares += before * (static_cast<double>(row.place[feature]) - mean);
  }
  double variance() const { return count > 1 ? squares / (count - 1) : 0; }
};

std::vector<Balance> balanceOf(const std::vector<Pair>& pairs, const std::vector<Row>& rows,
                               const FeatureSpace& space) {
  std::vector<Balance> all;
  for (std::size_t feature = 0; feature < space.features(); ++feature) {
    Group lacking, having, natural, control;
    for (const Row& row : rows) (row.lacks ? lacking : having).add(row, feature);
    for (const Pair& pair : pairs) {
      natural.add(rows[pair.natural], feature);
      control.add(rows[pair.control], feature);
    }
    // The deviation before matching measures both, so that `after` tells what matching did.
    const double deviation = std::sqrt((lacking.variance() + having.variance()) / 2);
    if (lacking.count < 2 || having.count < 2 || natural.count < 1 || control.count < 1 || deviation <= 0) continue;
    all.push_back(
        {space.nameOf(feature), (lacking.mean - having.mean) / deviation, (natural.mean - control.mean) / deviation});
  }
  std::ranges::stable_sort(all, std::ranges::greater(), [](const Balance& one) { return std::abs(one.before); });
  return all;
}

double driftBetween(const RoutingShape& shape, const Row& a, const Row& b) {
  return driftOf(shape, a.routing, b.routing).mean().jensenShannon;
}

std::string noteOf(const MissingnessReport& report, const std::string& name) {
  std::string note =
      "Matched on summary features of the other modalities, with replacement: " + std::to_string(report.pairs) +
      " of " + std::to_string(report.lacking) + " stays without '" + name + "' found a match, among " +
      std::to_string(report.controls) +
      " different stays. A feature that only one of a pair has counts as two stays picked at random. "
      "Intervals resample matches, each with all its pairs.";
  const auto poor =
      std::ranges::count_if(report.balance, [](const Balance& one) { return std::abs(one.after) > 0.25; });
  if (poor > 0)
    note += " After matching " + std::to_string(poor) + " of " + std::to_string(report.balance.size()) +
            " features still differ by more than a quarter of a deviation: read the differences with care.";
  return note;
}

Result<std::vector<Pair>> pairUp(const std::vector<Row>& rows, const FeatureSpace& space, const ProgressSink& progress,
                                 const std::stop_token& stop) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (stop.stop_requested()) return failure(kStopped);
    if (progress) progress({static_cast<double>(i) / static_cast<double>(rows.size()), {}, -1});
    // A stay of which nothing else is known would match any other.
    if (!rows[i].lacks || rows[i].others == 0) continue;
    if (const Pair pair = nearestTo(i, rows, space); pair.control != kNone) pairs.push_back(pair);
  }
  return pairs;
}

/// What the pairs differ by in routing, how near they are, and what like stays differ by.
Result<void> measureRouting(MissingnessReport& report, const std::vector<Pair>& pairs, const std::vector<Row>& rows,
                            const FeatureSpace& space, const RoutingShape& shape, const BootstrapOptions& bootstrap,
                            const std::stop_token& stop) {
  PairValues drifts;
  std::vector<double> distances, baseline;
  for (const Pair& pair : pairs) {
    drifts.add(pair, driftBetween(shape, rows[pair.natural], rows[pair.control]), 0);
    distances.push_back(pair.distance);
    // A match that several share counts as often on both sides.
    if (stop.stop_requested()) return failure(kStopped);
    if (const Pair like = nearestTo(pair.control, rows, space); like.control != kNone)
      baseline.push_back(driftBetween(shape, rows[pair.control], rows[like.control]));
  }
  std::ranges::sort(distances);
  report.distance = quantile(distances, 0.5);
  report.routingDrift = meanOf(drifts.natural);
  report.routingInterval = intervalOf(drifts, bootstrap);
  report.routingBaseline = meanOf(baseline);
  if (baseline.empty()) report.note += " No match has a like of its own, so the baseline of routing is not known.";
  return {};
}

Result<void> checkGroups(const MissingnessReport& report, const std::string& name) {
  if (report.lacking == 0)
    return failure("Every stay of the slice has '" + name + "': there is no natural missingness to compare with.",
                   "Choose another modality or slice.");
  if (report.having == 0)
    return failure("No stay of the slice has '" + name + "': there is none to mask it in.",
                   "Choose another modality or slice.");
  return {};
}

}  // namespace

Result<MissingnessReport> naturalAgainstForced(const Model& model, const SampleSource& source,
                                               const MissingnessOptions& options, const ProgressSink& progress,
                                               const std::stop_token& stop) {
  const ModelConfig& config = model.config();
  if (auto checked = checkOutput(config, options.output); !checked) return failure(checked.error());
  if (auto checked = checkModality(config, options.modality); !checked) return failure(checked.error());
  const std::string& name = config.modalities[static_cast<std::size_t>(options.modality)].name;
  FeatureSpace space(config, ~(std::uint32_t{1} << options.modality));
  const auto rows = rowsOf(model, source, options, space, stepOf(progress, 0, 2, "predicting"), stop);
  if (!rows) return failure(rows.error());
  MissingnessReport report;
  report.modality = options.modality;
  for (const Row& row : *rows) ++(row.lacks ? report.lacking : report.having);
  if (auto checked = checkGroups(report, name); !checked) return failure(checked.error());

  const auto pairs = pairUp(*rows, space, stepOf(progress, 1, 2, "matching"), stop);
  if (!pairs) return failure(pairs.error());
  if (pairs->size() < kFewestPairs)
    return failure("Only " + std::to_string(pairs->size()) + " stays without '" + name +
                       "' have a counterpart with it and otherwise the same modalities; at least " +
                       std::to_string(kFewestPairs) + " are needed.",
                   "Take a larger slice, or another modality.");
  std::set<std::size_t> controls;
  for (const Pair& pair : *pairs) controls.insert(pair.control);
  report.pairs = pairs->size();
  report.controls = controls.size();
  report.risk = riskDifference(*pairs, *rows, &Row::risk, options.bootstrap);
  report.unmasked = riskDifference(*pairs, *rows, &Row::asItIs, options.bootstrap);
  report.outcome = outcomeOf(*pairs, *rows, options.bootstrap);
  report.balance = balanceOf(*pairs, *rows, space);
  report.note = noteOf(report, name);
  if (auto measured = measureRouting(report, *pairs, *rows, space, RoutingShape(config), options.bootstrap, stop);
      !measured)
    return failure(measured.error());
  return report;
}

}  // namespace fusemoe
