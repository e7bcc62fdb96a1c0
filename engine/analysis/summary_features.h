#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/model_config.h"
#include "api/sample.h"

namespace fusemoe {

/// One variable's observations over the window, in few numbers. What needs a value is NaN where there is none.
struct SeriesSummary {
  std::size_t count = 0;
  double first = 0, last = 0, mean = 0, least = 0, most = 0;
  double deviation = 0;  ///< population standard deviation
  double slope = 0;      ///< of a least-squares line, per hour; 0 for one observation
  double lastHour = 0;
};
/// `data` may be null.
SeriesSummary summarise(const VariableData* data);

/// A variable of a modality by name, or null; `data` may be null.
const VariableData* variableNamed(const ModalityData* data, std::string_view name);

/// Sum of the events' vectors, [width]; zero without events. `data` may be null.
std::vector<double> eventSum(const ModalityData* data, int width);

/// A stay as a row of numbers for methods that take a missing number as such (NaN), in the order of the config. Series:
/// a variable's last, first, mean, least, most, deviation, count, slope, hours since the last one. Static: its value.
/// Vectors: the sum, number by number, and the number of events.
std::vector<float> richFeatures(const ModelConfig& config, const Sample& sample);

/// What one number of richFeatures is.
struct RichFeature {
  int modality = 0;
  std::string name;  ///< modality, variable and number, as in "vitals: hr, last"
};
/// Of each, in their order.
std::vector<RichFeature> richFeatureLayout(const ModelConfig& config);

}  // namespace fusemoe
