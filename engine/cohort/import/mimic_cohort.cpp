#include "cohort/import/mimic_cohort.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "cohort/import/icd_conditions.h"
#include "cohort/import/mimic_items.h"

namespace fusemoe {
namespace {

constexpr const char* kDescription =
    "The first 48 hours of ICU stays of at least 48 hours in MIMIC-IV (Beth Israel Deaconess Medical Center), made by "
    "fusemoe import mimic-iv from the tables as PhysioNet ships them; the rules are in "
    "engine/cohort/IMPORTERS_MIMIC.md.";
constexpr const char* kAttribution =
    "MIMIC-IV: Johnson, Bulgarelli, Shen et al., Scientific Data 10:1 (2023), https://doi.org/10.13026/07hj-2a80. Its "
    "demo is under the Open Database License 1.0; the full database is under the PhysioNet Credentialed Health Data "
    "License, and so is a cohort made from it. Conditions: AHRQ Clinical Classifications Software.";

struct ModalityTitle {
  std::string_view name;
  const char* title;
  ModalityKind kind = ModalityKind::Series;
};
constexpr ModalityTitle kTitles[] = {{"ts", "Vitals and labs"},
                                     {"vitals", "Vital signs"},
                                     {"neuro", "Consciousness"},
                                     {"chemistry", "Chemistry"},
                                     {"haematology", "Haematology"},
                                     {"arterial", "Arterial line"},
                                     {"gas", "Blood gas and ventilation"},
                                     {"liver", "Liver and clotting"},
                                     {"urine", "Urine output"},
                                     {"body", "Body", ModalityKind::Static}};

std::vector<CohortTask> tasks() {
  CohortTask pheno{"pheno", "25 acute-care conditions", TaskKind::MultiLabel, {}};
  for (const AcuteCondition& condition : acuteConditions()) pheno.labels.emplace_back(condition.title);
  return {{"ihm", "Death in hospital", TaskKind::Binary, {"death"}},
          {"los", "Leaves the ICU alive in hours 48 to 96", TaskKind::Binary, {"discharge"}},
          pheno};
}

}  // namespace

CohortInfo mimicInfo(MimicGrouping grouping, const std::array<int, kMimicVectors.size()>& widths,
                     const std::string& firstTask) {
  CohortInfo info;
  info.name = "mimic-iv";
  info.title = "MIMIC-IV, first 48 hours";
  info.description = kDescription;
  info.attribution = kAttribution;
  info.windowHours = kMimicWindowHours;
  info.timeUnit = "h";
  info.timeOrigin = "admission to the ICU";
  for (const ModalityTitle& title : kTitles) {
    CohortModality modality{std::string(title.name), title.title, title.kind, 0, {}};
    for (const MimicVariable& variable : mimicVariables())
      if ((grouping == MimicGrouping::Paper ? variable.paper : variable.clinical) == title.name)
        modality.variables.push_back({std::string(variable.name), std::string(variable.title),
                                      std::string(variable.unit), variable.referenceLow, variable.referenceHigh});
    if (!modality.variables.empty()) info.modalities.push_back(std::move(modality));
  }
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (widths[i] > 0)
      info.modalities.push_back(
          {kMimicVectors[i].modality, kMimicVectors[i].title, ModalityKind::Vectors, widths[i], {}});
  info.tasks = tasks();
  const auto first = std::ranges::find(info.tasks, firstTask, &CohortTask::name);
  if (first != info.tasks.end()) std::rotate(info.tasks.begin(), first, std::next(first));
  return info;
}

StagedStay stagedStay(const MimicStay& stay, const std::string& firstTask) {
  StagedStay staged;
  staged.id = stay.id;
  staged.person = stay.subject;
  const bool left = stay.leftAliveIn96Hours();
  staged.stratum = firstTask == "ihm" ? stay.died : firstTask == "los" ? left : 0;
  staged.labels["ihm"] = {stay.died ? 1.0F : 0.0F};
  staged.labels["los"] = {left ? 1.0F : 0.0F};
  std::vector<float>& conditions = staged.labels["pheno"];
  for (std::size_t i = 0; i < kConditionCount; ++i)
    conditions.push_back(!stay.diagnosed             ? std::numeric_limits<float>::quiet_NaN()
                         : stay.conditions >> i & 1U ? 1.0F
                                                     : 0.0F);
  return staged;
}

}  // namespace fusemoe
