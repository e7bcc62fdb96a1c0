#include "analysis/summary_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace fusemoe {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// What appendSeries appends, in its order.
constexpr std::array kSeriesNumbers{"last",      "first", "mean",  "least",           "most",
                                    "deviation", "count", "slope", "hours since last"};

void appendSeries(const ModelConfig& config, const VariableData* data, std::vector<float>& row) {
  const SeriesSummary summary = summarise(data);
  for (const double number : {summary.last, summary.first, summary.mean, summary.least, summary.most, summary.deviation,
                              static_cast<double>(summary.count), summary.slope, config.windowHours - summary.lastHour})
    row.push_back(static_cast<float>(number));
}

void appendVectors(const ModalityData* data, int width, std::vector<float>& row) {
  const std::size_t count = data ? data->events.size() : 0;
  for (const double sum : eventSum(data, width)) row.push_back(static_cast<float>(count > 0 ? sum : kNone));
  row.push_back(static_cast<float>(count));
}

}  // namespace

const VariableData* variableNamed(const ModalityData* data, std::string_view name) {
  if (!data) return nullptr;
  const auto found = std::ranges::find(data->variables, name, &VariableData::name);
  return found == data->variables.end() ? nullptr : &*found;
}

SeriesSummary summarise(const VariableData* data) {
  if (!data || data->observations.empty()) return {0, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone};
  SeriesSummary summary;
  const std::vector<Observation>& observations = data->observations;
  const auto count = static_cast<double>(observations.size());
  summary.count = observations.size();
  summary.first = static_cast<double>(observations.front().value);
  summary.last = static_cast<double>(observations.back().value);
  summary.lastHour = static_cast<double>(observations.back().hour);
  summary.least = summary.most = summary.first;
  double meanHour = 0;
  for (const Observation& observation : observations) {
    const auto value = static_cast<double>(observation.value);
    summary.mean += value / count;
    meanHour += static_cast<double>(observation.hour) / count;
    summary.least = std::min(summary.least, value);
    summary.most = std::max(summary.most, value);
  }
  double squares = 0, products = 0, hours = 0;
  for (const Observation& observation : observations) {
    const double value = static_cast<double>(observation.value) - summary.mean;
    const double hour = static_cast<double>(observation.hour) - meanHour;
    squares += value * value;
    products += value * hour;
    hours += hour * hour;
  }
  summary.deviation = std::sqrt(squares / count);
  summary.slope = hours > 0 ? products / hours : 0;
  return summary;
}

std::vector<double> eventSum(const ModalityData* data, int width) {
  std::vector<double> sum(static_cast<std::size_t>(width));
  if (!data) return sum;
  for (const Event& event : data->events)
    for (std::size_t i = 0; i < std::min(sum.size(), event.vector.size()); ++i)
      sum[i] += static_cast<double>(event.vector[i]);
  return sum;
}

std::vector<float> richFeatures(const ModelConfig& config, const Sample& sample) {
  std::vector<float> row;
  for (const ModalityConfig& modality : config.modalities) {
    const ModalityData* data = sample.modality(modality.name);
    if (modality.kind == ModalityKind::Vectors) appendVectors(data, modality.width, row);
    for (const VariableConfig& variable : modality.variables) {
      const VariableData* found = variableNamed(data, variable.name);
      if (modality.kind == ModalityKind::Series)
        appendSeries(config, found, row);
      else
        row.push_back(static_cast<float>(summarise(found).last));
    }
  }
  return row;
}

std::vector<RichFeature> richFeatureLayout(const ModelConfig& config) {
  std::vector<RichFeature> layout;
  for (int m = 0; m < config.modalityCount(); ++m) {
    const ModalityConfig& modality = config.modalities[static_cast<std::size_t>(m)];
    const auto add = [&](const std::string& name) { layout.push_back({m, modality.name + ": " + name}); };
    if (modality.kind == ModalityKind::Vectors) {
      for (int i = 0; i < modality.width; ++i) add("sum of number " + std::to_string(i + 1));
      add("events");
    }
    for (const VariableConfig& variable : modality.variables) {
      if (modality.kind != ModalityKind::Series) {
        add(variable.name);
        continue;
      }
      for (const char* number : kSeriesNumbers) add(variable.name + ", " + number);
    }
  }
  return layout;
}

}  // namespace fusemoe
