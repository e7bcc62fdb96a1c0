#include "cohort/import/mimic_items.h"

#include <algorithm>
#include <array>
#include <limits>

namespace fusemoe {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kTs = "ts";

// Plausible ranges are wide: they are to catch slips (a decimal point, a swapped field), not illness.
constexpr auto kVariables = std::to_array<MimicVariable>({
    {"heart_rate", "Heart rate", "1/min", 10, 300, 60, 100, kTs, "vitals"},
    {"sbp", "Systolic pressure, cuff", "mmHg", 30, 300, 90, 130, kTs, "vitals"},
    {"dbp", "Diastolic pressure, cuff", "mmHg", 10, 250, 60, 85, kTs, "vitals"},
    {"mbp", "Mean pressure, cuff", "mmHg", 15, 275, 70, 105, kTs, "vitals"},
    {"resp_rate", "Respiratory rate", "1/min", 1, 100, 12, 20, kTs, "vitals"},
    {"spo2", "Oxygen saturation", "%", 10, 100, 94, 100, kTs, "vitals"},
    {"gcs_verbal", "Glasgow coma scale, verbal", "points", 1, 5, 5, 5, kTs, "neuro"},
    {"gcs_eye", "Glasgow coma scale, eye", "points", 1, 4, 4, 4, kTs, "neuro"},
    {"gcs_motor", "Glasgow coma scale, motor", "points", 1, 6, 6, 6, kTs, "neuro"},
    {"potassium", "Potassium", "mEq/L", 0.5, 15, 3.3, 5.1, kTs, "chemistry"},
    {"sodium", "Sodium", "mEq/L", 80, 200, 133, 145, kTs, "chemistry"},
    {"chloride", "Chloride", "mEq/L", 50, 175, 96, 108, kTs, "chemistry"},
    {"creatinine", "Creatinine", "mg/dL", 0.05, 40, 0.4, 1.2, kTs, "chemistry"},
    {"urea_nitrogen", "Urea nitrogen", "mg/dL", 1, 300, 6, 20, kTs, "chemistry"},
    {"bicarbonate", "Bicarbonate", "mEq/L", 2, 65, 22, 32, kTs, "chemistry"},
    {"anion_gap", "Anion gap", "mEq/L", -15, 70, 8, 20, kTs, "chemistry"},
    {"magnesium", "Magnesium", "mg/dL", 0.2, 20, 1.6, 2.6, kTs, "chemistry"},
    {"phosphate", "Phosphate", "mg/dL", 0.2, 25, 2.7, 4.5, kTs, "chemistry"},
    {"calcium", "Calcium, total", "mg/dL", 2, 20, 8.4, 10.3, kTs, "chemistry"},
    {"vancomycin", "Vancomycin", "ug/mL", 0.1, 150, 10, 20, kTs, "chemistry"},
    {"hemoglobin", "Hemoglobin", "g/dL", 1, 25, 12, 17.5, kTs, "haematology"},
    {"hematocrit", "Hematocrit", "%", 3, 75, 36, 51, kTs, "haematology"},
    {"platelets", "Platelet count", "K/uL", 1, 3000, 150, 440, kTs, "haematology"},
    {"wbc", "White blood cells", "K/uL", 0, 1000, 4, 11, kTs, "haematology"},
    {"mch", "Mean corpuscular hemoglobin", "pg", 10, 60, 27, 32, kTs, "haematology"},
    {"rbc", "Red blood cells", "m/uL", 0.3, 12, 4.2, 6.1, kTs, "haematology"},
    {"mchc", "Mean corpuscular hemoglobin concentration", "g/dL", 15, 50, 31, 37, kTs, "haematology"},
    {"mcv", "Mean corpuscular volume", "fL", 40, 160, 82, 98, kTs, "haematology"},
    {"rdw", "Red cell distribution width", "%", 8, 45, 10.5, 15.5, kTs, "haematology"},
    {"neutrophils", "Neutrophils", "%", 0, 100, 34, 71, kTs, "haematology"},
    {"temperature", "Temperature", "°C", 25, 45, 36, 38, "", "vitals"},
    {"glucose", "Glucose", "mg/dL", 10, 2500, 70, 105, "", "chemistry"},
    {"arterial_sbp", "Systolic pressure, arterial line", "mmHg", 30, 300, 90, 130, "", "arterial"},
    {"arterial_dbp", "Diastolic pressure, arterial line", "mmHg", 10, 250, 60, 85, "", "arterial"},
    {"arterial_mbp", "Mean pressure, arterial line", "mmHg", 15, 275, 70, 105, "", "arterial"},
    {"ph", "pH, blood gas", "units", 6.5, 8, 7.35, 7.45, "", "gas"},
    {"pco2", "Carbon dioxide, blood gas", "mmHg", 5, 200, 35, 45, "", "gas"},
    {"po2", "Oxygen, blood gas", "mmHg", 10, 800, 85, 105, "", "gas"},
    {"lactate", "Lactate", "mmol/L", 0.1, 40, 0.5, 2, "", "gas"},
    {"fio2", "Inspired oxygen", "%", 21, 100, 21, 21, "", "gas"},
    {"peep", "Positive end-expiratory pressure", "cmH2O", 0, 50, kNone, kNone, "", "gas"},
    {"bilirubin", "Bilirubin, total", "mg/dL", 0.05, 80, 0, 1.5, "", "liver"},
    {"albumin", "Albumin", "g/dL", 0.5, 7, 3.5, 5.2, "", "liver"},
    {"inr", "INR", "ratio", 0.3, 30, 0.9, 1.1, "", "liver"},
    {"urine", "Urine output", "mL", 0, 5000, kNone, kNone, "", "urine"},
    {"age", "Age", "y", 18, 120, kNone, kNone, "", "body"},
    {"sex", "Male sex", "0/1", 0, 1, kNone, kNone, "", "body"},
    {"height", "Height", "cm", 100, 250, kNone, kNone, "", "body"},
    {"weight", "Weight", "kg", 20, 400, kNone, kNone, "", "body"},
});

constexpr auto kChart = MimicTable::ChartEvents;
constexpr auto kLab = MimicTable::LabEvents;
constexpr auto kOutput = MimicTable::OutputEvents;

// By the labels of d_items and d_labitems. Second numbers of a lab are the same test on blood by a later assay;
// whole-blood values of the blood gas analyser are other tests and stay out.
constexpr auto kItems = std::to_array<MimicItem>({
    {220045, kChart, "heart_rate", "bpm"},
    {220179, kChart, "sbp", "mmHg"},
    {220180, kChart, "dbp", "mmHg"},
    {220181, kChart, "mbp", "mmHg"},
    {220210, kChart, "resp_rate", "insp/min"},
    {220277, kChart, "spo2", "%"},
    {223900, kChart, "gcs_verbal", "points"},
    {220739, kChart, "gcs_eye", "points"},
    {223901, kChart, "gcs_motor", "points"},
    {50971, kLab, "potassium", "mEq/L"},
    {52610, kLab, "potassium", "mEq/L"},
    {50983, kLab, "sodium", "mEq/L"},
    {52623, kLab, "sodium", "mEq/L"},
    {50902, kLab, "chloride", "mEq/L"},
    {52535, kLab, "chloride", "mEq/L"},
    {50912, kLab, "creatinine", "mg/dL"},
    {52546, kLab, "creatinine", "mg/dL"},
    {51006, kLab, "urea_nitrogen", "mg/dL"},
    {52647, kLab, "urea_nitrogen", "mg/dL"},
    {50882, kLab, "bicarbonate", "mEq/L"},
    {50868, kLab, "anion_gap", "mEq/L"},
    {52500, kLab, "anion_gap", "mEq/L"},
    {50960, kLab, "magnesium", "mg/dL"},
    {50970, kLab, "phosphate", "mg/dL"},
    {50893, kLab, "calcium", "mg/dL"},
    {51009, kLab, "vancomycin", "ug/mL"},
    {51222, kLab, "hemoglobin", "g/dL"},
    {51640, kLab, "hemoglobin", "g/dL"},
    {51221, kLab, "hematocrit", "%"},
    {51638, kLab, "hematocrit", "%"},
    {51639, kLab, "hematocrit", "%"},
    {51265, kLab, "platelets", "K/uL"},
    {51704, kLab, "platelets", "K/uL"},
    {51301, kLab, "wbc", "K/uL"},
    {51755, kLab, "wbc", "K/uL"},
    {51756, kLab, "wbc", "K/uL"},
    {51248, kLab, "mch", "pg"},
    {51279, kLab, "rbc", "m/uL"},
    {51249, kLab, "mchc", "g/dL"},
    {51250, kLab, "mcv", "fL"},
    {51691, kLab, "mcv", "fL"},
    {51277, kLab, "rdw", "%"},
    {51256, kLab, "neutrophils", "%"},
    {223761, kChart, "temperature", "°F"},
    {223762, kChart, "temperature", "°C"},
    {50931, kLab, "glucose", "mg/dL"},
    {52569, kLab, "glucose", "mg/dL"},
    {220050, kChart, "arterial_sbp", "mmHg"},
    {225309, kChart, "arterial_sbp", "mmHg"},
    {220051, kChart, "arterial_dbp", "mmHg"},
    {225310, kChart, "arterial_dbp", "mmHg"},
    {220052, kChart, "arterial_mbp", "mmHg"},
    {225312, kChart, "arterial_mbp", "mmHg"},
    {50820, kLab, "ph", "units"},
    {50818, kLab, "pco2", "mm Hg"},
    {50821, kLab, "po2", "mm Hg"},
    {50813, kLab, "lactate", "mmol/L"},
    {52442, kLab, "lactate", "mmol/L"},
    {53154, kLab, "lactate", "mmol/L"},
    {223835, kChart, "fio2", "%"},
    {220339, kChart, "peep", "cmH2O"},
    {50885, kLab, "bilirubin", "mg/dL"},
    {50862, kLab, "albumin", "g/dL"},
    {53085, kLab, "albumin", "g/dL"},
    {51237, kLab, "inr", "ratio"},
    {51675, kLab, "inr", "ratio"},
    {226559, kOutput, "urine", "mL"},
    {226560, kOutput, "urine", "mL"},
    {226561, kOutput, "urine", "mL"},
    {226563, kOutput, "urine", "mL"},
    {226564, kOutput, "urine", "mL"},
    {226565, kOutput, "urine", "mL"},
    {226567, kOutput, "urine", "mL"},
    {226557, kOutput, "urine", "mL"},
    {226558, kOutput, "urine", "mL"},
    {226584, kOutput, "urine", "mL"},
    {226730, kChart, "height", "cm"},
    {226707, kChart, "height", "inch"},
    {226512, kChart, "weight", "kg"},
    {226531, kChart, "weight", "lb"},
});

/// Other ways to write a unit, and units that can be converted; a unit in its own spelling needs no line.
struct Spelling {
  std::string_view of;  ///< the variable's unit
  MimicUnit unit;
};
constexpr double kMicromolCreatinine = 1 / 88.42, kMillimolUrea = 2.8011, kMillimolGlucose = 18.0156;
constexpr double kKilopascal = 7.50062;

constexpr auto kSpellings = std::to_array<Spelling>({
    {"1/min", {"bpm"}},
    {"1/min", {"insp/min"}},
    {"mmHg", {"mm Hg"}},
    {"mmHg", {"kPa", kKilopascal}},
    {"mEq/L", {"mmol/L"}},
    {"K/uL", {"#/uL", 0.001}},
    {"K/uL", {"10*9/L"}},
    {"m/uL", {"10*12/L"}},
    {"g/dL", {"g/L", 0.1}},
    {"ug/mL", {"mg/L"}},
    {"°C", {"C"}},
    {"°C", {"°F", 5.0 / 9, -160.0 / 9}},
    {"°C", {"F", 5.0 / 9, -160.0 / 9}},
    {"cm", {"m", 100}},
    {"cm", {"in", 2.54}},
    {"cm", {"inch", 2.54}},
    {"kg", {"lb", 0.45359237}},
    {"kg", {"lbs", 0.45359237}},
    {"mL", {"L", 1000}},
    {"y", {"years"}},
});

bool sameUnit(std::string_view a, std::string_view b) {
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// Units of one substance alone.
std::optional<double> substanceScale(std::string_view variable, std::string_view unit) {
  if (variable == "mchc" && unit == "%") return 1;  // g/dL, as the laboratory wrote it until 2016
  if (variable == "creatinine" && sameUnit(unit, "umol/L")) return kMicromolCreatinine;
  if (variable == "urea_nitrogen" && sameUnit(unit, "mmol/L")) return kMillimolUrea;
  if (variable == "glucose" && sameUnit(unit, "mmol/L")) return kMillimolGlucose;
  return std::nullopt;
}

}  // namespace

std::span<const MimicVariable> mimicVariables() {
  return kVariables;
}

std::span<const MimicItem> mimicItems() {
  return kItems;
}

std::optional<double> inVariableUnit(const MimicVariable& variable, const MimicItem& item, double value,
                                     std::string_view unit) {
  if (unit.empty()) unit = item.unit;
  if (variable.name == "fio2" && value <= 1) value *= 100;
  if (sameUnit(unit, variable.unit)) return value;
  if (const auto scale = substanceScale(variable.name, unit)) return value * *scale;
  for (const Spelling& spelling : kSpellings)
    if (spelling.of == variable.unit && sameUnit(spelling.unit.name, unit))
      return value * spelling.unit.scale + spelling.unit.offset;
  return std::nullopt;
}

}  // namespace fusemoe
