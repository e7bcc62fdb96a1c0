#include "sweep_documents.h"

#include <algorithm>
#include <cstdio>

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kTopStays = 20;

/// Drift and change of the stays of which one mask hides anything.
struct Effects {
  std::vector<float> drift, delta;
};

MeanOverStays meanOf(const std::vector<float>& values, const std::optional<Interval>& interval) {
  if (values.empty()) return {};
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value);
  return {sum / static_cast<double>(values.size()), interval};
}

MaskEffect effectOf(const Effects& effects, int resamples) {
  const auto resampled = [](const std::vector<float>& values) {
    return [&values](std::span<const std::uint32_t> weights) -> std::optional<double> {
      double sum = 0, count = 0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        sum += weights[i] * static_cast<double>(values[i]);
        count += weights[i];
      }
      return sum / count;
    };
  };
  const std::function<std::optional<double>(std::span<const std::uint32_t>)> statistics[] = {resampled(effects.drift),
                                                                                             resampled(effects.delta)};
  std::vector<std::optional<Interval>> intervals(2);
  if (!effects.drift.empty())
    intervals = bootstrapIntervals(effects.drift.size(), {resamples, BootstrapOptions{}.seed}, statistics);
  return {effects.drift.size(), meanOf(effects.drift, intervals[0]), meanOf(effects.delta, intervals[1])};
}

std::vector<SweepSummary> mostDrifting(std::vector<SweepSummary> stays) {
  std::erase_if(stays, [](const SweepSummary& stay) { return stay.hidden == 0; });
  const std::size_t shown = std::min(kTopStays, stays.size());
  std::partial_sort(stays.begin(), stays.begin() + static_cast<std::ptrdiff_t>(shown), stays.end(),
                    [](const SweepSummary& a, const SweepSummary& b) {
                      return a.meanDrift != b.meanDrift ? a.meanDrift > b.meanDrift : a.stayId < b.stayId;
                    });
  stays.resize(shown);
  return stays;
}

ordered_json documentOf(const MeanOverStays& mean) {
  if (!mean.mean) return nullptr;
  ordered_json document{{"value", *mean.mean}, {"low", nullptr}, {"high", nullptr}};
  if (mean.interval) {
    document["low"] = mean.interval->low;
    document["high"] = mean.interval->high;
  }
  return document;
}

std::string textOf(const MeanOverStays& mean) {
  if (!mean.mean) return "–";
  char text[64];
  std::snprintf(text, sizeof text, mean.interval ? "%.4f [%.4f, %.4f]" : "%.4f", *mean.mean,
                mean.interval ? mean.interval->low : 0, mean.interval ? mean.interval->high : 0);
  return text;
}

}  // namespace

Result<SweepReport> reportOf(SweepFile& file, const SweepHeader& header, int resamples) {
  SweepReport report{file.stays(), {}, {}};
  std::vector<Effects> effects(header.masks.size());
  std::vector<SweepSummary> largest;  // of each stay
  auto read = file.eachState([&](const SweepSummary& state) {
    if (largest.empty() || largest.back().stayId != state.stayId)
      largest.push_back(state);
    else if (state.meanDrift > largest.back().meanDrift)
      largest.back() = state;
    if (state.hidden == 0) return;
    effects[static_cast<std::size_t>(state.mask)].drift.push_back(static_cast<float>(state.meanDrift));
    effects[static_cast<std::size_t>(state.mask)].delta.push_back(static_cast<float>(state.delta));
  });
  if (!read) return failure(read.error());
  for (const Effects& one : effects) report.masks.push_back(effectOf(one, resamples));
  report.top = mostDrifting(std::move(largest));
  return report;
}

ordered_json sweepDocument(const SweepHeader& header, const SweepReport& report) {
  ordered_json document{{"split", header.split.empty() ? "all" : header.split}, {"n", report.stays}};
  document["change"] = header.intervention;
  document["masks"] = ordered_json::array();
  for (std::size_t m = 0; m < header.masks.size(); ++m)
    document["masks"].push_back({{"masked", maskNames(header.modalities, header.masks[m])},
                                 {"n", report.masks[m].stays},
                                 {"mean_drift", documentOf(report.masks[m].drift)},
                                 {"mean_absolute_delta", documentOf(report.masks[m].delta)}});
  document["top"] = ordered_json::array();
  for (const SweepSummary& stay : report.top)
    document["top"].push_back(
        {{"stay", stay.stayId},
         {"masked", maskNames(header.modalities, header.masks[static_cast<std::size_t>(stay.mask)])},
         {"drift", stay.meanDrift},
         {"absolute_delta", stay.delta}});
  document["space"] =
      "drift: Jensen-Shannon of the dense routing, nats (0 to 0.693), mean over layers and routers; delta: of the "
      "probability, mean over outputs; both against nothing masked, over the n stays that have a modality the mask "
      "hides, with 95 % bootstrap intervals";
  document["note"] = "research use only, not for clinical decisions";
  return document;
}

std::string sweepText(const SweepHeader& header, const SweepReport& report) {
  std::size_t width = 0;
  for (const ModalityMask mask : header.masks) width = std::max(width, maskText(header.modalities, mask).size());
  const auto padded = [width](std::string text) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
  };
  std::string text = std::to_string(report.stays) + " stays × " + std::to_string(header.masks.size()) + " masks\n" +
                     padded("masked") + "       n  mean drift, nats           mean |Δ probability|\n";
  for (std::size_t m = 0; m < header.masks.size(); ++m) {
    const MaskEffect& effect = report.masks[m];
    char line[120];
    std::snprintf(line, sizeof line, " %7zu  %-26s %s\n", effect.stays, textOf(effect.drift).c_str(),
                  textOf(effect.delta).c_str());
    text += padded(maskText(header.modalities, header.masks[m])) + line;
  }
  text += "Stays whose routing drifts most\n";
  for (const SweepSummary& stay : report.top) {
    char line[200];
    std::snprintf(line, sizeof line, "  %-12lld %.4f nats, |Δ| %.4f, masked: ", static_cast<long long>(stay.stayId),
                  stay.meanDrift, stay.delta);
    text += line + maskText(header.modalities, header.masks[static_cast<std::size_t>(stay.mask)]) + "\n";
  }
  return text +
         "Dense routing (before top-K), mean over layers and routers; 95 % bootstrap intervals over stays.\n"
         "Research use only, not for clinical decisions.\n";
}

}  // namespace fusemoe::cli
