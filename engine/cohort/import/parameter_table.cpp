#include "cohort/import/parameter_table.h"

namespace fusemoe {

std::vector<CohortModality> modalitiesOf(std::span<const ParameterGroup> groups) {
  std::vector<CohortModality> modalities;
  for (const ParameterGroup& group : groups) {
    CohortModality& modality =
        modalities.emplace_back(CohortModality{std::string(group.name), std::string(group.title), group.kind, 0, {}});
    for (const Parameter& parameter : group.parameters)
      modality.variables.push_back({std::string(parameter.name), std::string(parameter.title),
                                    std::string(parameter.unit), parameter.usualLow, parameter.usualHigh});
  }
  return modalities;
}

CheckedValue checkedValue(const Parameter& parameter, std::span<const UnitRule> rules, double value) {
  const auto possible = [&](double candidate) { return candidate >= parameter.low && candidate <= parameter.high; };
  if (possible(value)) return {value};
  for (const UnitRule& rule : rules) {
    if (rule.variable != parameter.name || value < rule.low || value > rule.high) continue;
    if (const double converted = (value - rule.minus) * rule.factor; possible(converted)) return {converted, rule.name};
  }
  return {std::nullopt};
}

}  // namespace fusemoe
