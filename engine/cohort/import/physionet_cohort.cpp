#include "cohort/import/physionet_cohort.h"

#include <cassert>
#include <limits>

namespace fusemoe {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

constexpr Parameter kVitals[] = {
    {"HR", "Heart rate", "1/min", 10, 320, 60, 100},
    {"Temp", "Temperature", "°C", 24, 45, 36.1, 37.8},
    {"RespRate", "Respiratory rate", "1/min", 1, 120, 12, 20},
    {"NISysABP", "Systolic pressure, cuff", "mmHg", 20, 320, 90, 140},
    {"NIDiasABP", "Diastolic pressure, cuff", "mmHg", 5, 250, 60, 90},
    {"NIMAP", "Mean pressure, cuff", "mmHg", 10, 300, 65, 105},
    {"SysABP", "Systolic pressure, arterial line", "mmHg", 20, 320, 90, 140},
    {"DiasABP", "Diastolic pressure, arterial line", "mmHg", 5, 250, 60, 90},
    {"MAP", "Mean pressure, arterial line", "mmHg", 10, 300, 65, 105},
};
constexpr Parameter kLabs[] = {
    {"BUN", "Urea nitrogen", "mg/dL", 1, 300, 7, 20},
    {"Creatinine", "Creatinine", "mg/dL", 0.05, 40, 0.6, 1.3},
    {"Glucose", "Glucose", "mg/dL", 5, 2000, 70, 140},
    {"HCO3", "Bicarbonate", "mmol/L", 1, 70, 22, 29},
    {"K", "Potassium", "mmol/L", 1, 15, 3.5, 5},
    {"Mg", "Magnesium", "mg/dL", 0.2, 12, 1.7, 2.4},
    {"Na", "Sodium", "mmol/L", 90, 200, 135, 145},
    {"HCT", "Haematocrit", "%", 5, 75, 36, 50},
    {"Platelets", "Platelets", "10³/µL", 1, 2500, 150, 400},
    {"WBC", "White blood cells", "10³/µL", 0.05, 600, 4.5, 11},
    {"Albumin", "Albumin", "g/dL", 0.3, 8, 3.5, 5},
    {"ALP", "Alkaline phosphatase", "IU/L", 3, 5000, 40, 130},
    {"ALT", "Alanine transaminase", "IU/L", 1, 30000, 7, 56},
    {"AST", "Aspartate transaminase", "IU/L", 1, 30000, 10, 40},
    {"Bilirubin", "Bilirubin", "mg/dL", 0.05, 80, 0.1, 1.2},
    {"Cholesterol", "Cholesterol", "mg/dL", 10, 1000, kNone, 200},
    {"TroponinI", "Troponin I", "µg/L", 0, 500},
    {"TroponinT", "Troponin T", "µg/L", 0, 100, kNone, 0.01},
};
constexpr Parameter kGas[] = {
    {"pH", "Arterial pH", "", 6.5, 8, 7.35, 7.45},
    {"PaCO2", "Arterial carbon dioxide", "mmHg", 5, 200, 35, 45},
    {"PaO2", "Arterial oxygen", "mmHg", 10, 700, 75, 100},
    {"SaO2", "Oxygen saturation", "%", 10, 100, 94, 100},
    {"FiO2", "Inspired oxygen fraction", "", 0.21, 1, kNone, kNone},
    {"MechVent", "Mechanical ventilation", "0/1", 0, 1, kNone, kNone},
    {"Lactate", "Lactate", "mmol/L", 0.1, 50, 0.5, 2},
};
constexpr Parameter kNeuro[] = {
    {"GCS", "Glasgow Coma Score", "points", 3, 15, 15, kNone},
    {"Urine", "Urine output", "mL", 0, 5000, kNone, kNone},
    {"Weight", "Weight", "kg", 20, 400, kNone, kNone},
};
constexpr Parameter kStatic[] = {
    {"Age", "Age", "y", 10, 120, kNone, kNone},
    {"Gender", "Male sex", "0/1", 0, 1, kNone, kNone},
    {"Height", "Height", "cm", 120, 230, kNone, kNone},
    {"AdmissionWeight", "Weight on admission", "kg", 20, 400, kNone, kNone},
    {"CoronaryCare", "Coronary care unit", "0/1", 0, 1, kNone, kNone},
    {"CardiacSurgery", "Cardiac surgery recovery unit", "0/1", 0, 1, kNone, kNone},
    {"MedicalICU", "Medical intensive care unit", "0/1", 0, 1, kNone, kNone},
    {"SurgicalICU", "Surgical intensive care unit", "0/1", 0, 1, kNone, kNone},
};

constexpr UnitRule kRules[] = {
    {"Temp", "from_fahrenheit", 80, 113, 32, 5.0 / 9},
    {"pH", "from_hundredths", 650, 800, 0, 0.01},
    {"pH", "from_tenths", 65, 80, 0, 0.1},
    {"FiO2", "from_percent", 21, 100, 0, 0.01},
    {"SaO2", "from_fraction", 0.2, 1, 0, 100},
    {"Height", "from_metres", 1.2, 2.3, 0, 100},
    {"Height", "from_inches", 48, 90, 0, 2.54},
    // 160 cm, taken for inches and turned into centimetres once more: 406.4.
    {"Height", "from_centimetres_taken_for_inches", 310, 560, 0, 1 / 2.54},
};

constexpr ParameterGroup kGroups[] = {
    {"vitals", "Vital signs", ModalityKind::Series, kVitals},
    {"labs", "Laboratory", ModalityKind::Series, kLabs},
    {"gas", "Blood gas and ventilation", ModalityKind::Series, kGas},
    {"neuro", "Neuro and urine", ModalityKind::Series, kNeuro},
    {"static", "Person and unit", ModalityKind::Static, kStatic},
};

const Parameter& parameterOf(std::string_view variable) {
  for (const ParameterGroup& group : kGroups)
    for (const Parameter& parameter : group.parameters)
      if (parameter.name == variable) return parameter;
  assert(false);
  return kVitals[0];
}

constexpr std::string_view kDescription =
    "The first 48 hours in intensive care of adults who stayed at least that long, in four kinds of unit, as the "
    "PhysioNet/Computing in Cardiology Challenge 2012 published them. Label: death in hospital. Values no living adult "
    "has were left out. Magnesium is documented in mmol/L but given in mg/dL.";
constexpr std::string_view kAttribution =
    "Silva I, Moody G, Scott DJ, Celi LA, Mark RG. Predicting in-hospital mortality of ICU patients: The "
    "PhysioNet/Computing in Cardiology Challenge 2012. Computing in Cardiology 2012;39:245-248. Data: "
    "https://physionet.org/content/challenge-2012/1.0.0/. Goldberger AL et al. PhysioBank, PhysioToolkit, and "
    "PhysioNet. Circulation 2000;101(23):e215-e220. Licence: Open Data Commons Attribution License 1.0.";

}  // namespace

CohortInfo physionetInfo() {
  CohortInfo info;
  info.name = "physionet2012";
  info.title = "PhysioNet Challenge 2012";
  info.description = kDescription;
  info.attribution = kAttribution;
  info.windowHours = kPhysionetWindowHours;
  info.timeUnit = "h";
  info.timeOrigin = "admission to the intensive care unit";
  info.modalities = modalitiesOf(kGroups);
  info.tasks = {{std::string(kPhysionetTask), "Death in hospital", TaskKind::Binary, {"death"}}};
  return info;
}

CheckedValue physionetValue(std::string_view variable, double value) {
  return checkedValue(parameterOf(variable), kRules, value);
}

}  // namespace fusemoe
