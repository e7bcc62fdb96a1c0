#include "support/analysis_answers.h"

#include <algorithm>
#include <cmath>

#include "support/fake_model.h"

namespace fusemoe::test {
namespace {

GroupMetrics groupOf(std::size_t stays, std::size_t positives, double auroc) {
  GroupMetrics group;
  group.stays = group.known = stays;
  group.positives = positives;
  group.prevalence = double(positives) / double(stays);
  const double half = 1.2 / std::sqrt(double(stays));
  group.brier = 0.09 + 0.2 * (0.9 - auroc);
  group.brierInterval = Interval{*group.brier - half / 5, *group.brier + half / 5};
  group.ece = 0.02 + half / 6;
  group.eceInterval = Interval{0.01, *group.ece + half / 5};
  if (positives == 0) {
    group.undefined = "All " + std::to_string(stays) + " stays are negative: there is nothing to tell apart.";
    return group;
  }
  group.auroc = auroc;
  group.aurocInterval = Interval{auroc - half, std::min(1.0, auroc + half)};
  group.auprc = auroc - 0.25;
  group.auprcInterval = Interval{auroc - 0.25 - half, auroc - 0.25 + half};
  return group;
}

}  // namespace

ui::PatternsPanel::Found patternsFound() {
  ui::PatternsPanel::Found found;
  found.config = fakeConfig();
  found.split = "test";
  found.resamples = 500;
  found.report.overall = groupOf(1204, 181, 0.842);
  const auto add = [&](std::uint32_t present, std::size_t stays, std::size_t positives, double auroc) {
    PatternMetrics pattern{present, {}, groupOf(stays, positives, auroc)};
    for (int m = 0; m < found.config.modalityCount(); ++m)
      if ((present >> m) & 1U) pattern.modalities.push_back(found.config.modalities[size_t(m)].name);
    found.report.patterns.push_back(pattern);
  };
  add(0b11111, 611, 88, 0.861);
  add(0b10111, 290, 51, 0.838);
  add(0b11011, 174, 27, 0.807);
  add(0b10011, 81, 12, 0.779);
  add(0b00011, 36, 3, 0.71);
  add(0b00010, 12, 0, 0.5);
  return found;
}

ui::SupportPanel::Found supportFound() {
  ui::SupportPanel::Found found;
  found.config = fakeConfig();
  found.options.present = 0b10111;
  found.options.mask = 0b01000;
  SupportReport& report = found.report;
  for (int i = 0; i < 420; ++i)
    report.distances.push_back(0.04 + 0.05 * std::pow((i % 97 + 1) / 60.0, 2) + 0.0001 * (i % 5));
  std::ranges::sort(report.distances);
  report.distance = 0.162;
  report.percentile = 97.4;
  report.alarm = true;
  report.reference = 420;
  report.samePattern = true;
  report.patternStays = 57;
  report.splitStays = 2310;
  report.misrouted = {{0, 1, 6, 0.31, 0.0004}, {1, 4, 2, 0.12, 0.0002}};
  report.note = "Stays that show the same modalities under the same mask.";
  return found;
}

ui::MissingnessPanel::Found missingnessFound() {
  ui::MissingnessPanel::Found found;
  found.config = fakeConfig();
  found.options.split = "test";
  found.options.modality = 3;
  MissingnessReport& report = found.report;
  report.modality = 3;
  report.lacking = 412;
  report.having = 792;
  report.pairs = 398;
  report.controls = 301;
  report.risk = {0.118, 0.162, -0.044, {-0.061, -0.028}};
  report.outcome = PairedDifference{0.101, 0.139, -0.038, {-0.079, 0.004}};
  report.unmasked = {0.118, 0.171, -0.053, {-0.072, -0.035}};
  report.routingDrift = 0.061;
  report.routingInterval = {0.055, 0.068};
  report.routingBaseline = 0.048;
  report.distance = 0.41;
  for (int i = 0; i < 9; ++i)
    report.balance.push_back(
        {"liver.bilirubin, feature " + std::to_string(i + 1), 0.62 - 0.06 * i, 0.05 * std::sin(2.1 * i)});
  report.note = "A stay may be the match of several.";
  return found;
}

ui::DonorsPanel::Found donorsFound() {
  ui::DonorsPanel::Found found;
  found.config = fakeConfig();
  found.options.modality = 3;
  found.options.mask = 0b01000;
  DonorReport& report = found.report;
  report.modality = 3;
  report.without = 0.612;
  report.recorded = 0.431;
  for (int i = 0; i < 20; ++i)
    report.donors.push_back({30050 + 7 * i, 0.31 + 0.02 * i, 0.45 + 0.14 * std::sin(1.3 * i), 0.012 + 0.001 * (i % 6)});
  report.range = {0.328, 0.577};
  report.median = 0.452;
  report.crossing = 0.65;
  report.candidates = 1544;
  report.features = 62;
  report.note = "Features of the modalities that both have.";
  return found;
}

ui::CollapsePanel::Found collapseFound() {
  ui::CollapsePanel::Found found;
  found.config = fakeConfig();
  found.options.split = "test";
  CollapseReport& report = found.report;
  report.stays = 1204;
  report.unimodal = 0.38;
  const double values[] = {0.094, 0.031, 0.018, 0.009, 0};
  for (int m = 0; m < 5; ++m) {
    ModalityShare share;
    share.modality = m;
    share.stays = m == 4 ? 0 : std::size_t(1204 - 200 * m);
    share.attribution = values[m];
    share.attributionInterval = {values[m] * 0.9, values[m] * 1.12};
    share.share = values[m] / 0.152;
    if (m < 3) share.alone = 0.81 - 0.1 * m, share.without = 0.7 + 0.05 * m, share.full = 0.84;
    report.modalities.push_back(share);
  }
  for (int l = 0; l < found.config.layers; ++l) {
    LayerUse use;
    double total = 0;
    for (int e = 0; e < found.config.experts; ++e) total += e == 7 ? 0 : 1 + std::sin(1.9 * e + l);
    for (int e = 0; e < found.config.experts; ++e) {
      use.importance.push_back(e == 7 ? 0 : (1 + std::sin(1.9 * e + l)) / total);
      double sum = 0;
      double parts[5];
      for (int m = 0; m < 5; ++m) sum += parts[m] = 1.1 + std::cos(2.3 * e + 1.7 * m);
      for (const double part : parts) use.composition.push_back(e == 7 ? 0 : part / sum);
    }
    use.effectiveExperts = 8.4 - l;
    use.dead = {7};
    use.meanDenseEntropy = 1.9;
    report.layers.push_back(use);
    for (int r = 0; r < found.config.routerCount(); ++r) {
      GateGeometry gate{l, r, {}, {}, {}, {}};
      for (int i = 0; i < found.config.experts; ++i) {
        gate.experts.push_back(i);
        gate.norm.push_back(3);
        for (int j = 0; j < found.config.experts; ++j) {
          gate.distance.push_back(6 * std::abs(std::sin(0.26 * (i - j))));
          gate.cosine.push_back(std::cos(0.52 * (i - j)));
        }
      }
      report.gates.push_back(gate);
    }
  }
  report.findings = {
      {"Unimodal collapse", 0.38, 0, 1, false, "Lipids brings 62 % of what all modalities bring.",
       "Train with modality dropout and compare."},
      {"Effective experts, layer 2", 7.4, 1, 12, false, "Most experts take part.", ""},
      {"Dead experts", 2, 0, 24, true, "Expert 8 keeps no token in layers 1 and 2: its weights are idle.",
       "Raise the load-balance loss, or train with fewer experts."},
      {"Nearest gate vectors", 0.4, 0, 6, false, "No two gate vectors are alike.", ""}};
  return found;
}

ui::MatchingPanel::Found matchingFound() {
  ui::MatchingPanel::Found found;
  found.config = fakeConfig();
  found.other = "/models/other-seed.safetensors";
  found.options.split = "test";
  found.report.stays = 1204;
  found.report.verdict = "“Expert 3” does not mean the same: by number the experts are no more alike than by chance.";
  const int n = found.config.experts;
  for (int l = 0; l < found.config.layers; ++l) {
    MatchedLayer layer;
    for (int i = 0; i < n; ++i) {
      layer.partner.push_back((i + 5 + l) % n);
      for (int j = 0; j < n; ++j)
        layer.similarity.push_back(j == (i + 5 + l) % n ? 0.91 - 0.02 * i : 0.5 * std::sin(1.7 * i + 2.3 * j));
    }
    layer.matched = 0.8;
    layer.byNumber = 0.06;
    layer.chance = 0.42;
    layer.chanceHigh = 0.47;
    layer.sameNumber = l;
    found.report.layers.push_back(layer);
  }
  return found;
}

}  // namespace fusemoe::test
