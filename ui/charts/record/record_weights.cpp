// mTAND weights of one time bin, laid on the marks of the record.
#include <algorithm>
#include <limits>
#include <map>

#include "charts/record/record_content.h"
#include "state/document.h"

namespace fusemoe::ui {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool knows(const ModalityConfig& config, const std::string& variable) {
  return std::ranges::find(config.variables, variable, &VariableConfig::name) != config.variables.end();
}

/// Hours of what the model sees of a modality, as the engine takes them: of a series the union, of events each.
std::vector<float> hoursSeen(const ModalityConfig& config, const ModalityData& data) {
  std::vector<float> hours;
  for (const Event& event : data.events) hours.push_back(event.hour);
  for (const VariableData& variable : data.variables) {
    if (!knows(config, variable.name)) continue;
    for (const Observation& observation : variable.observations) hours.push_back(observation.hour);
  }
  std::ranges::sort(hours);
  if (data.kind == ModalityKind::Series) hours.erase(std::ranges::unique(hours).begin(), hours.end());
  return hours;
}

void setWeightsOf(RecordLane& lane, const std::vector<float>& hours, const float* row, double largest) {
  lane.weights.assign(lane.marks.size(), kNone);
  lane.largestWeight = largest;
  std::map<float, int> taken;  // events may share an hour; the sample has them in the marks' order
  for (std::size_t i = 0; i < lane.marks.size(); ++i) {
    if (!lane.marks[i].visible()) continue;
    const float hour = lane.marks[i].shown.hour;
    auto at = std::ranges::lower_bound(hours, hour) - hours.begin();
    if (lane.kind == RecordLane::Kind::Events) at += taken[hour]++;
    const auto index = static_cast<std::size_t>(at);
    if (index < hours.size() && hours[index] == hour) lane.weights[i] = double(row[index]);
  }
}

}  // namespace

void setWeights(RecordContent& content, const Document& document, int bin) {
  for (RecordLane& lane : content.lanes) {
    lane.weights.clear();
    lane.largestWeight = 0;
  }
  if (bin < 0 || bin >= content.bins || !document.result()) return;
  if (document.result()->key.sampleDigest != document.sample()->digest) return;
  for (const AttentionMap& map : document.result()->attention) {
    const ModalityConfig& config = document.model()->config().modalities.at(static_cast<std::size_t>(map.modality));
    const ModalityData* data = document.sample()->modality(config.name);
    if (!data || map.weights.size() != map.hours.size() * static_cast<std::size_t>(content.bins)) continue;
    const std::vector<float> hours = hoursSeen(config, *data);
    if (hours.empty() || hours.size() != map.hours.size()) continue;
    const float* row = map.weights.data() + static_cast<std::size_t>(bin) * hours.size();
    const double largest = double(*std::max_element(row, row + hours.size()));
    for (RecordLane& lane : content.lanes) {
      const bool seen = lane.kind == RecordLane::Kind::Events ||
                        (lane.kind == RecordLane::Kind::Series && knows(config, lane.variable));
      if (seen && lane.modality == config.name) setWeightsOf(lane, hours, row, largest);
    }
  }
}

}  // namespace fusemoe::ui
