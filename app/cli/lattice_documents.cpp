#include "lattice_documents.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>

#include "cohort/sweep_file.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

std::size_t index(int value) {
  return static_cast<std::size_t>(value);
}

template <class... Values>
std::string formatted(const char* format, Values... values) {
  char line[200];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

std::string_view nameOf(ValueSpace space) {
  return space == ValueSpace::Probability ? "probability" : "log-odds";
}

const std::string& nameAt(const ModelConfig& config, std::size_t modality) {
  return config.modalities[modality].name;
}

std::vector<std::string> modalityNames(const ModelConfig& config) {
  std::vector<std::string> names;
  for (const ModalityConfig& modality : config.modalities) names.push_back(modality.name);
  return names;
}

/// One number a modality, by name.
template <class ValueAt>
ordered_json byModality(const ModelConfig& config, ValueAt&& valueAt) {
  ordered_json values = ordered_json::object();
  for (std::size_t m = 0; m < config.modalities.size(); ++m) values[nameAt(config, m)] = valueAt(m);
  return values;
}

ordered_json expertsDocument(const ModelConfig& config, const MaskLattice& lattice) {
  const RoutingShape& shape = lattice.shape;
  const std::size_t cells = index(shape.layers) * index(shape.experts);
  ordered_json layers = ordered_json::array();
  for (int layer = 0; layer < shape.layers; ++layer) {
    ordered_json experts = ordered_json::array();
    for (int expert = 0; expert < shape.experts; ++expert) {
      const std::size_t cell = index(layer) * index(shape.experts) + index(expert);
      const double full = lattice.expertWeight(lattice.fullPoint(), layer, expert);
      const double empty = lattice.expertWeight(lattice.emptyPoint(), layer, expert);
      double sum = 0;
      const auto share = [&](std::size_t m) { return lattice.expertShapley[m * cells + cell]; };
      for (std::size_t m = 0; m < config.modalities.size(); ++m) sum += share(m);
      experts.push_back({{"expert", expert},
                         {"full", full},
                         {"empty", empty},
                         {"shapley", byModality(config, share)},
                         {"sum_check", sum - (full - empty)}});
    }
    layers.push_back(std::move(experts));
  }
  return layers;
}

ordered_json matrixOf(const std::vector<double>& values, std::size_t rows) {
  ordered_json matrix = ordered_json::array();
  for (std::size_t i = 0; i < rows; ++i)
    matrix.push_back(std::vector<double>(values.begin() + static_cast<std::ptrdiff_t>(i * rows),
                                         values.begin() + static_cast<std::ptrdiff_t>((i + 1) * rows)));
  return matrix;
}

std::vector<std::string> absentOf(const ModelConfig& config, const MaskLattice& lattice) {
  std::vector<std::string> absent;
  for (int m = 0; m < config.modalityCount(); ++m)
    if (std::find(lattice.players.begin(), lattice.players.end(), m) == lattice.players.end())
      absent.push_back(nameAt(config, index(m)));
  return absent;
}

/// Masks in the order they are shown: fewest masked first.
std::vector<const MaskedRouting*> sortedPoints(const MaskLattice& lattice) {
  std::vector<const MaskedRouting*> points;
  for (const MaskedRouting& point : lattice.points) points.push_back(&point);
  std::stable_sort(points.begin(), points.end(), [](const MaskedRouting* a, const MaskedRouting* b) {
    return std::popcount(a->mask) < std::popcount(b->mask);
  });
  return points;
}

std::string sharesText(const ModelConfig& config, const MaskLattice& lattice) {
  std::string text = "What each modality brings (Shapley, in " + std::string(nameOf(lattice.space)) + ")\n";
  double sum = 0;
  for (const int player : lattice.players) {
    const double share = lattice.shapley[index(player)];
    sum += share;
    text += formatted("  %+.4f  ", share) + nameAt(config, index(player));
    if (!lattice.exact) text += formatted(" ± %.4f standard error", lattice.standardError[index(player)]);
    text += "\n";
  }
  return text + formatted("  %+.4f  sum = full %.4f − empty %.4f, to %.0e\n", sum, lattice.full, lattice.empty,
                          std::abs(lattice.sumCheck));
}

std::string pairsText(const ModelConfig& config, const MaskLattice& lattice) {
  if (lattice.players.size() < 2) return {};
  std::string text = "What pairs bring together beyond what each brings (Shapley interaction)\n";
  const std::size_t modalities = config.modalities.size();
  for (std::size_t i = 0; i < lattice.players.size(); ++i) {
    for (std::size_t j = i + 1; j < lattice.players.size(); ++j) {
      const std::size_t one = index(lattice.players[i]), other = index(lattice.players[j]);
      text += formatted("  %+.4f  ", lattice.interaction[one * modalities + other]) + nameAt(config, one) + "+" +
              nameAt(config, other) + "\n";
    }
  }
  return text;
}

}  // namespace

std::vector<std::string> namesOf(const ModelConfig& config, ModalityMask mask) {
  return maskNames(modalityNames(config), mask);
}

std::string textOf(const ModelConfig& config, ModalityMask mask) {
  return maskText(modalityNames(config), mask);
}

ordered_json latticeDocument(const ModelConfig& config, const LatticeRequest& request, const MaskLattice& lattice) {
  ordered_json document{{"stay", request.sample->stayId}, {"output", config.task.labels[index(lattice.output)]}};
  document["masks"] = ordered_json::array();
  for (const MaskedRouting& point : lattice.points)
    document["masks"].push_back(
        {{"masked", namesOf(config, point.mask)}, {"probability", point.probability[index(lattice.output)]}});
  document["shapley"] = byModality(config, [&](std::size_t m) { return lattice.shapley[m]; });
  document["interaction"] = matrixOf(lattice.interaction, config.modalities.size());
  document["sum_check"] = lattice.sumCheck;
  document["space"] = nameOf(lattice.space);
  document["full"] = lattice.full;
  document["empty"] = lattice.empty;
  document["exact"] = lattice.exact;
  document["standard_error"] = byModality(config, [&](std::size_t m) { return lattice.standardError[m]; });
  document["modalities"] = modalityNames(config);
  document["absent"] = absentOf(config, lattice);
  document["experts"] = expertsDocument(config, lattice);
  document["expert_sum_check"] = lattice.expertSumCheck;
  document["n"] = lattice.points.size();
  document["milliseconds"] = lattice.milliseconds;
  document["change"] = describe(request.intervention);
  document["expert_output"] = nameOf(config.expertOutput);
  document["note"] =
      "shapley: of the output, in `space`; experts: of an expert's mean kept weight (top-K, mean over routers). "
      "Research use only, not for clinical decisions";
  return document;
}

std::string latticeText(const ModelConfig& config, const LatticeRequest& request, const MaskLattice& lattice) {
  std::string text = formatted("stay %lld, ", static_cast<long long>(request.sample->stayId)) + config.task.title +
                     ", " + config.task.labels[index(lattice.output)] + "\n";
  if (!request.intervention.empty()) text += "The model is changed: " + describe(request.intervention) + "\n";
  text +=
      formatted("%zu %s of the %zu modalities the stay has, %.1f ms\n", lattice.points.size(),
                lattice.exact ? "masks, all" : "masks of sampled orders", lattice.players.size(), lattice.milliseconds);
  for (const std::string& name : absentOf(config, lattice)) text += "  absent: " + name + "\n";
  constexpr std::size_t kMostLines = 64;
  const auto points = sortedPoints(lattice);
  text += "probability  masked\n";
  for (std::size_t i = 0; i < std::min(points.size(), kMostLines); ++i)
    text += formatted("  %.4f     ", static_cast<double>(points[i]->probability[index(lattice.output)])) +
            textOf(config, points[i]->mask) + "\n";
  if (points.size() > kMostLines) text += formatted("  and %zu more; --json lists all\n", points.size() - kMostLines);
  return text + sharesText(config, lattice) + pairsText(config, lattice) +
         "Research use only, not for clinical decisions.\n";
}

ordered_json invarianceDocument(const InvarianceReport& report) {
  ordered_json rows = ordered_json::array();
  for (const InvarianceRow& row : report.rows)
    rows.push_back({{"name", row.name},
                    {"compared", row.compared},
                    {"max_difference", row.maxDifference},
                    {"max_probability_difference", row.maxProbability},
                    {"tolerance", row.tolerance},
                    {"pass", row.pass}});
  return {{"pass", report.pass}, {"stays", report.stays}, {"masks", report.masks}, {"rows", rows}};
}

std::string invarianceText(const InvarianceReport& report) {
  std::string text = formatted("%zu stays × %d masks; largest differences from each state computed alone\n",
                               report.stays, report.masks);
  for (const InvarianceRow& row : report.rows)
    text += formatted("  %-40s %5zu states  probability %.1e  all numbers %.1e  %s\n", row.name.c_str(), row.compared,
                      row.maxProbability, row.maxDifference,
                      !row.pass                ? "DIFFERS"
                      : row.maxDifference == 0 ? "equal to the bit"
                                               : "within 1e-6 of probability");
  return text;
}

}  // namespace fusemoe::cli
