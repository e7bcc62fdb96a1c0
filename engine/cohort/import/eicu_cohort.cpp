#include "cohort/import/eicu_cohort.h"

namespace fusemoe {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

constexpr Parameter kVitals[] = {
    {"hr", "Heart rate", "1/min", 10, 320, 60, 100},       {"sbp", "Systolic pressure", "mmHg", 20, 320, 90, 140},
    {"dbp", "Diastolic pressure", "mmHg", 5, 250, 60, 90}, {"map", "Mean pressure", "mmHg", 10, 300, 65, 105},
    {"resp", "Respiratory rate", "1/min", 1, 120, 12, 20}, {"temp", "Temperature", "°C", 24, 45, 36.1, 37.8},
    {"o2sat", "Oxygen saturation", "%", 10, 100, 94, 100}, {"urine", "Urine output", "mL", 0, 5000},
};
constexpr Parameter kLabs[] = {
    {"bun", "Urea nitrogen", "mg/dL", 1, 300, 7, 20},
    {"crea", "Creatinine", "mg/dL", 0.05, 40, 0.6, 1.3},
    {"glu", "Glucose", "mg/dL", 5, 2000, 70, 140},
    {"bicar", "Bicarbonate", "mmol/L", 1, 70, 22, 29},
    {"na", "Sodium", "mmol/L", 90, 200, 135, 145},
    {"k", "Potassium", "mmol/L", 1, 15, 3.5, 5},
    {"cl", "Chloride", "mmol/L", 60, 160, 98, 107},
    {"ca", "Calcium", "mg/dL", 2, 20, 8.5, 10.5},
    {"cai", "Ionised calcium", "mmol/L", 0.3, 3, 1.1, 1.35},
    {"mg", "Magnesium", "mg/dL", 0.2, 12, 1.7, 2.4},
    {"phos", "Phosphate", "mg/dL", 0.1, 30, 2.5, 4.5},
    {"alb", "Albumin", "g/dL", 0.3, 8, 3.5, 5},
    {"alp", "Alkaline phosphatase", "IU/L", 3, 5000, 40, 130},
    {"alt", "Alanine transaminase", "IU/L", 1, 30000, 7, 56},
    {"ast", "Aspartate transaminase", "IU/L", 1, 30000, 10, 40},
    {"bili", "Bilirubin", "mg/dL", 0.05, 80, 0.1, 1.2},
    {"bili_dir", "Direct bilirubin", "mg/dL", 0, 60, kNone, 0.3},
    {"crp", "C-reactive protein", "mg/L", 0, 1000, kNone, 10},
    {"ck", "Creatine kinase", "IU/L", 1, 500000, 30, 200},
    {"ckmb", "Creatine kinase MB", "ng/mL", 0, 3000, kNone, 5},
    {"tnt", "Troponin T", "ng/mL", 0, 100, kNone, 0.01},
};
constexpr Parameter kBlood[] = {
    {"wbc", "White blood cells", "10³/µL", 0.05, 600, 4.5, 11},
    {"hgb", "Haemoglobin", "g/dL", 1, 25, 12, 17},
    {"plt", "Platelets", "10³/µL", 1, 2500, 150, 400},
    {"mch", "Mean cell haemoglobin", "pg", 10, 60, 27, 33},
    {"mchc", "Mean cell haemoglobin concentration", "g/dL", 15, 50, 32, 36},
    {"mcv", "Mean cell volume", "fL", 40, 160, 80, 100},
    {"neut", "Neutrophils", "%", 0, 100, 40, 75},
    {"lymph", "Lymphocytes", "%", 0, 100, 20, 45},
    {"bnd", "Band neutrophils", "%", 0, 100, kNone, 5},
    {"inr_pt", "Prothrombin time, INR", "", 0.3, 30, 0.8, 1.2},
    {"ptt", "Partial thromboplastin time", "s", 5, 400, 25, 35},
    {"fgn", "Fibrinogen", "mg/dL", 5, 3000, 200, 400},
};
constexpr Parameter kGas[] = {
    {"ph", "Arterial pH", "", 6.5, 8, 7.35, 7.45},  {"pco2", "Carbon dioxide", "mmHg", 5, 200, 35, 45},
    {"po2", "Oxygen", "mmHg", 10, 700, 75, 100},    {"be", "Base excess", "mmol/L", -50, 50, -2, 2},
    {"fio2", "Inspired oxygen", "%", 21, 100},      {"methb", "Methaemoglobin", "%", 0, 60, kNone, 1.5},
    {"lact", "Lactate", "mmol/L", 0.1, 50, 0.5, 2},
};
constexpr Parameter kStatic[] = {
    {"age", "Age", "y", 10, 120},
    {"sex", "Male sex", "0/1", 0, 1},
    {"height", "Height", "cm", 120, 230},
    {"weight", "Weight", "kg", 20, 400},
};
constexpr ParameterGroup kGroups[] = {
    {"vitals", "Vital signs and urine", ModalityKind::Series, kVitals},
    {"labs", "Chemistry", ModalityKind::Series, kLabs},
    {"blood", "Blood count and coagulation", ModalityKind::Series, kBlood},
    {"gas", "Blood gas and oxygen", ModalityKind::Series, kGas},
    {"static", "Person", ModalityKind::Static, kStatic},
};

constexpr std::string_view kDescription =
    "The hours 0 to 24 in intensive care of adults of the eICU Collaborative Research Database, one value an hour, as "
    "YAIB's pipeline prepares them. Label: death after hour 24. Values no living adult has were left out.";
constexpr std::string_view kAttribution =
    "van de Water R et al. Yet Another ICU Benchmark: A Flexible Multi-Center Framework for Clinical ML. ICLR 2024. "
    "Pollard TJ et al. The eICU Collaborative Research Database. Scientific Data 2018;5:180178. Demo: "
    "https://physionet.org/content/eicu-crd-demo/2.0.1/, Open Database License 1.0.";

}  // namespace

std::span<const UnitRule> eicuRules() {
  static constexpr UnitRule kRules[] = {{"height", "from_inches", 48, 90, 0, 2.54}};
  return kRules;
}

std::span<const ParameterGroup> eicuGroups() {
  return kGroups;
}

CohortInfo eicuInfo() {
  CohortInfo info;
  info.name = "eicu-mortality24";
  info.title = "eICU mortality after 24 hours";
  info.description = kDescription;
  info.attribution = kAttribution;
  info.windowHours = kEicuWindowHours;
  info.timeUnit = "h";
  info.timeOrigin = "admission to the intensive care unit";
  info.modalities = modalitiesOf(kGroups);
  info.tasks = {{std::string(kEicuTask), "Death after hour 24", TaskKind::Binary, {"death"}}};
  return info;
}

}  // namespace fusemoe
