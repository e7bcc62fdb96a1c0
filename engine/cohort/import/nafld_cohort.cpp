#include "cohort/import/nafld_cohort.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "cohort/import/nafld_source.h"

namespace fusemoe {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Wide on purpose: only what no living adult has is left out. The lower limits of chol and dbp are those of hdl and
// lower, because this export repeats hdl under chol and sbp under dbp, and that fault is to be seen, not hidden.
constexpr std::array<PlausibleRange, 11> kRanges = {{{"hdl", 5, 250},
                                                     {"chol", 5, 1000},
                                                     {"sbp", 40, 300},
                                                     {"dbp", 20, 300},
                                                     {"fib4", 0, 100},
                                                     {"smoke", 0, 1},
                                                     {"age", 0, 120},
                                                     {"sex", 0, 1},
                                                     {"weight", 20, 400},
                                                     {"height", 100, 250},
                                                     {"bmi", 10, 100}}};

constexpr std::string_view kDescription =
    "People of Olmsted County (Minnesota) with non-alcoholic fatty liver disease and matched controls, as the R "
    "package "
    "survival publishes them (nafld1, nafld2, nafld3). Input: the five years (1826.25 days) up to and including the "
    "index "
    "date. Label: death in the five years after it. People alive at a last contact less than five years after the "
    "index "
    "date are left out. Absence of comorbidity means that no event is recorded in those five years.";

constexpr std::string_view kAttribution =
    "Allen AM, Therneau TM, Larson JJ, Coward A, Somers VK, Kamath PS. Nonalcoholic fatty liver disease incidence and "
    "impact on metabolic burden and death: a 20 year-community study. Hepatology 2018;67(5):1726-1736. Data: Therneau "
    "TM. "
    "A Package for Survival Analysis in R (survival), version 3.5-3, https://CRAN.R-project.org/package=survival. "
    "Licence "
    "of package and data: GNU LGPL, version 2 or later.";

}  // namespace

const PlausibleRange& nafldRange(std::string_view variable) {
  const auto range = std::find_if(kRanges.begin(), kRanges.end(), [variable](const PlausibleRange& candidate) {
    return candidate.variable == variable;
  });
  assert(range != kRanges.end());
  return *range;
}

CohortInfo nafldInfo(const std::vector<std::string>& notes) {
  CohortInfo info;
  info.name = "nafld";
  info.title = "NAFLD (Mayo Clinic)";
  info.description = kDescription;
  for (const std::string& note : notes) info.description += " " + note;
  info.attribution = kAttribution;
  info.windowHours = kNafldWindowDays * 24;
  info.timeUnit = "y";
  info.timeOrigin = "five years before the index date";
  info.modalities = {
      {"lipids",
       "Lipids",
       ModalityKind::Series,
       0,
       {{"hdl", "HDL cholesterol", "mg/dL", 40, kNone}, {"chol", "Total cholesterol", "mg/dL", kNone, 200}}},
      {"pressure",
       "Blood pressure",
       ModalityKind::Series,
       0,
       {{"sbp", "Systolic pressure", "mmHg", 90, 130}, {"dbp", "Diastolic pressure", "mmHg", 60, 85}}},
      {"liver",
       "Liver and smoking",
       ModalityKind::Series,
       0,
       {{"fib4", "FIB-4 index", "index", kNone, 1.3}, {"smoke", "Smoker", "0/1", kNone, kNone}}},
      {"comorbidity", "Comorbidity", ModalityKind::Vectors, static_cast<int>(kNafldEvents.size()), {}},
      {"body",
       "Body",
       ModalityKind::Static,
       0,
       {{"age", "Age", "y", kNone, kNone},
        {"sex", "Male sex", "0/1", kNone, kNone},
        {"weight", "Weight", "kg", kNone, kNone},
        {"height", "Height", "cm", kNone, kNone},
        {"bmi", "Body mass index", "kg/m²", 18.5, 25}}},
  };
  info.tasks = {{"death_5y", "Death within five years", TaskKind::Binary, {"death"}}};
  return info;
}

}  // namespace fusemoe
