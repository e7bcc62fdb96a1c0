#include "cohort/import/variable_mapping.h"

#include <algorithm>
#include <utility>

namespace fusemoe {
namespace {

std::string_view kindName(ModalityKind kind) {
  return kind == ModalityKind::Series   ? "measurements over time"
         : kind == ModalityKind::Static ? "static values"
                                        : "vectors";
}

/// How many modalities have a variable of that name.
std::int64_t owners(const CohortInfo& info, const std::string& variable) {
  return std::ranges::count_if(info.modalities, [&](const CohortModality& modality) {
    return std::ranges::count(modality.variables, variable, &CohortVariable::name) > 0;
  });
}

/// The modality named, made if need be.
Result<std::size_t> targetOf(CohortInfo& info, const std::string& name, const std::string& variable,
                             ModalityKind kind) {
  const auto known = modalityIndex(info, name);
  if (!known) {
    info.modalities.push_back({name, name, kind, 0, {}});
    return info.modalities.size() - 1;
  }
  const ModalityKind has = info.modalities[*known].kind;
  if (has == kind) return *known;
  return failure("The variable " + variable + " cannot go to " + name + ": it is of " + std::string(kindName(kind)) +
                     ", and that modality holds " + std::string(kindName(has)) + ".",
                 "Choose another modality or a new name.");
}

}  // namespace

std::optional<std::size_t> variableIndex(const CohortInfo& info, std::string_view variable) {
  std::size_t index = 0;
  for (const CohortModality& modality : info.modalities)
    for (const CohortVariable& candidate : modality.variables) {
      if (candidate.name == variable) return index;
      ++index;
    }
  return std::nullopt;
}

std::optional<std::size_t> modalityIndex(const CohortInfo& info, std::string_view modality) {
  const auto found = std::ranges::find(info.modalities, modality, &CohortModality::name);
  if (found == info.modalities.end()) return std::nullopt;
  return static_cast<std::size_t>(found - info.modalities.begin());
}

Result<VariableMapping> VariableMapping::of(const CohortInfo& info,
                                            const std::map<std::string, std::string>& modalityOf) {
  for (const auto& [variable, modality] : modalityOf)
    if (const std::int64_t count = owners(info, variable); count != 1)
      return failure(count == 0 ? "The source has no variable '" + variable + "'."
                                : "Two modalities have a variable '" + variable + "', so it cannot be moved by name.",
                     "The preview lists the variables.");
  VariableMapping mapping;
  mapping.m_info = info;
  mapping.m_identity = modalityOf.empty();
  for (CohortModality& modality : mapping.m_info.modalities) modality.variables.clear();
  mapping.m_variables.resize(info.modalities.size());
  std::vector<bool> moved;
  // Those that stay come first, so that a moved variable does not push them aside.
  for (const bool moving : {false, true})
    for (std::size_t m = 0; m < info.modalities.size(); ++m) {
      mapping.m_variables[m].resize(info.modalities[m].variables.size());
      for (std::size_t v = 0; v < info.modalities[m].variables.size(); ++v) {
        const CohortVariable& variable = info.modalities[m].variables[v];
        const auto wish = modalityOf.find(variable.name);
        const std::string& name = wish == modalityOf.end() ? info.modalities[m].name : wish->second;
        if (name.empty() || (name != info.modalities[m].name) != moving) continue;
        const auto target = targetOf(mapping.m_info, name, variable.name, info.modalities[m].kind);
        if (!target) return failure(target.error());
        auto& variables = mapping.m_info.modalities[*target].variables;
        if (std::ranges::count(variables, variable.name, &CohortVariable::name))
          return failure("The modality " + name + " has a variable '" + variable.name + "' already.");
        mapping.m_variables[m][v] = Place{*target, variables.size()};
        variables.push_back(variable);
      }
    }
  std::vector<bool> kept;
  for (std::size_t m = 0; m < mapping.m_info.modalities.size(); ++m)
    kept.push_back(!mapping.m_info.modalities[m].variables.empty() ||
                   (m < info.modalities.size() && info.modalities[m].variables.empty()));
  if (std::ranges::count(kept, true) == 0) return failure("No modality is left.", "Leave at least one variable in.");
  mapping.m_modalities.resize(info.modalities.size());
  mapping.drop(kept);
  return mapping;
}

void VariableMapping::drop(const std::vector<bool>& kept) {
  std::vector<std::optional<std::size_t>> place;
  std::vector<CohortModality> modalities;
  for (std::size_t m = 0; m < kept.size(); ++m) {
    place.push_back(kept[m] ? std::optional(modalities.size()) : std::nullopt);
    if (kept[m]) modalities.push_back(std::move(m_info.modalities[m]));
  }
  m_info.modalities = std::move(modalities);
  for (std::size_t m = 0; m < m_modalities.size(); ++m) m_modalities[m] = place[m];
  for (auto& variables : m_variables)
    for (auto& variable : variables)
      if (variable) variable->modality = *place[variable->modality];
}

Sample VariableMapping::apply(Sample sample, LeftOut& leftOut) const {
  if (m_identity) return sample;
  std::vector<ModalityData> modalities;
  for (const CohortModality& modality : m_info.modalities) {
    ModalityData& data = modalities.emplace_back(ModalityData{modality.name, modality.kind, {}, {}});
    for (const CohortVariable& variable : modality.variables) data.variables.push_back({variable.name, {}});
  }
  for (std::size_t m = 0; m < sample.modalities.size(); ++m) {
    ModalityData& old = sample.modalities[m];
    if (m_modalities[m]) modalities[*m_modalities[m]].events = std::move(old.events);
    for (std::size_t v = 0; v < old.variables.size(); ++v) {
      auto& observations = old.variables[v].observations;
      if (const auto& place = m_variables[m][v])
        modalities[place->modality].variables[place->variable].observations = std::move(observations);
      else
        (old.kind == ModalityKind::Static ? leftOut.statics : leftOut.series) +=
            static_cast<std::int64_t>(observations.size());
    }
  }
  sample.modalities = std::move(modalities);
  return sample;
}

}  // namespace fusemoe
