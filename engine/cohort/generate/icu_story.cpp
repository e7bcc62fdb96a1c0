#include "cohort/generate/icu_story.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace fusemoe {
namespace {

using enum Condition;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<ConditionInfo, kConditions> kConditionTable{{
    {KidneyFailure, "kidney failure", 0.14, 0.9, {0.5, 0, 0}, "creatinine and urea raised, little urine"},
    {CerebralBleed, "cerebral bleed", 0.07, 1.6, {1.8, 0, 0}, "drowsy after an intracranial bleed"},
    {Infarction, "myocardial infarction", 0.07, 1.0, {1.0, 0, 2.8}, "chest pain"},
    {Arrhythmia, "arrhythmia", 0.18, 0.7, {0.5, 0, 3.6}, "irregular pulse"},
    {ConductionBlock, "conduction block", 0.10, 0.2, {0.3, 0, 3.2}, "bundle branch block known"},
    {HeartFailure, "heart failure", 0.12, 0.9, {1.4, 2.4, 0.8}, "congested, legs swollen"},
    {Pneumonia, "pneumonia", 0.22, 0.9, {0.8, 4.5, 0}, "coughing, crackles over one lung"},
    {PleuralEffusion, "pleural effusion", 0.15, 0.4, {0.4, 4.5, 0}, "breath sounds weak on one side"},
    {Sepsis, "sepsis", 0.12, 1.3, {0.6, 0, 0}, "septic, on antibiotics"},
    {GastrointestinalBleed, "gastrointestinal bleed", 0.07, 0.8, {1.6, 0, 0}, "melaena"},
    {LiverFailure, "liver failure", 0.07, 1.0, {0.8, 0, 0}, "jaundiced, ascites"},
    {SurgicalComplication, "surgical complication", 0.12, 0.2, {2.4, 0, 0}, "complication after surgery"},
    {ChronicLung, "chronic lung disease", 0.14, 0.3, {2.0, 1.2, 0}, "long-standing COPD"},
    {ChronicKidney, "chronic kidney disease", 0.14, 0.2, {2.2, 0, 0}, "chronic kidney disease"},
    {CoronaryDisease, "coronary disease", 0.28, 0.2, {2.4, 0, 0.8}, "coronary stents"},
    {Diabetes, "diabetes", 0.28, 0.1, {2.4, 0, 0}, "diabetes"},
    {Hypertension, "hypertension", 0.45, 0.0, {3.0, 0, 0}, "hypertension"},
    {LipidDisorder, "lipid disorder", 0.35, 0.0, {2.6, 0, 0}, "takes a statin"},
}};

constexpr std::array kCauseTable{Cause{Hypertension, HeartFailure, 0.06}, Cause{CoronaryDisease, Infarction, 0.08},
                                 Cause{Diabetes, KidneyFailure, 0.06}, Cause{Pneumonia, Sepsis, 0.08}};

constexpr std::array<PanelInfo, kPanels> kPanelTable{{{1.1, 1, 0, 0.8},
                                                      {1.2, 1, 0, 0.8},
                                                      {4, 1, 0, 0.6},
                                                      {4, 1, 0, 0.8},
                                                      {8, 1, 0, 0.1},
                                                      {11, 0.95, 0.05, 0.1},
                                                      {10, 1, 0, 0.1},
                                                      {12, 0.6, 0.3, 0.1},
                                                      {8, 0.5, 0.5, 0.1}}};

using enum Panel;

// name, title, unit, reference range, limits, mean, between, wander, noise, worsens, decimals, panel
constexpr std::array<SeriesInfo, kSeries> kSeriesTable{{
    {"heart_rate", "Heart rate", "/min", 60, 100, 20, 220, 84, 10, 5, 4, 10, 0, Bedside},
    {"sbp", "Systolic blood pressure", "mmHg", 90, 140, 40, 260, 122, 12, 6, 5, -10, 0, Cuff},
    {"dbp", "Diastolic blood pressure", "mmHg", 60, 90, 20, 160, 64, 8, 4, 4, -4, 0, Cuff},
    {"mbp", "Mean blood pressure", "mmHg", 65, 105, 25, 190, 83, 0, 0, 1.5, 0, 0, Cuff},
    {"respiratory_rate", "Respiratory rate", "/min", 12, 20, 4, 60, 17.5, 2.4, 1.5, 1.5, 3, 0, Bedside},
    {"spo2", "Oxygen saturation", "%", 94, kNone, 50, 100, 97.2, 1, 0.6, 0.6, -1, 0, Bedside},
    {"temperature", "Temperature", "°C", 36, 38, 30, 43, 36.8, 0.25, 0.2, 0.12, 0, 1, Temperature},
    {"gcs_eye", "GCS eye opening", "score", 4, kNone, 1, 4, 3.9, 0.2, 0.15, 0.2, -0.5, 0, Coma},
    {"gcs_verbal", "GCS verbal response", "score", 5, kNone, 1, 5, 4.7, 0.4, 0.2, 0.3, -0.8, 0, Coma},
    {"gcs_motor", "GCS motor response", "score", 6, kNone, 1, 6, 5.9, 0.2, 0.15, 0.2, -0.5, 0, Coma},
    {"sodium", "Sodium", "mmol/L", 135, 145, 100, 180, 139, 3, 1.2, 0.8, 0, 0, Chemistry},
    {"potassium", "Potassium", "mmol/L", 3.5, 5, 1.5, 9, 4.1, 0.3, 0.15, 0.1, 0, 1, Chemistry},
    {"chloride", "Chloride", "mmol/L", 98, 107, 65, 145, 104, 3.5, 1.2, 0.8, 0, 0, Chemistry},
    {"bicarbonate", "Bicarbonate", "mmol/L", 22, 29, 4, 50, 24.5, 2, 1, 0.7, -2, 0, Chemistry},
    {"anion_gap", "Anion gap", "mmol/L", 8, 16, 1, 50, 10.5, 0, 0, 0.3, 0, 0, Chemistry},
    {"bun", "Blood urea nitrogen", "mg/dL", 7, 20, 1, 250, 16, 4.5, 1.5, 0.8, 2, 0, Chemistry},
    {"creatinine", "Creatinine", "mg/dL", 0.6, 1.3, 0.1, 25, 0.95, 0.18, 0.06, 0.05, 0.1, 1, Chemistry},
    {"glucose", "Glucose", "mg/dL", 70, 140, 20, 900, 126, 16, 10, 8, 10, 0, Chemistry},
    {"calcium", "Calcium", "mg/dL", 8.5, 10.5, 4, 16, 8.6, 0.4, 0.15, 0.1, 0, 1, Minerals},
    {"magnesium", "Magnesium", "mg/dL", 1.7, 2.4, 0.5, 6, 2, 0.2, 0.1, 0.05, 0, 1, Minerals},
    {"phosphate", "Phosphate", "mg/dL", 2.5, 4.5, 0.5, 15, 3.4, 0.5, 0.25, 0.15, 0, 1, Minerals},
    {"hematocrit", "Hematocrit", "%", 36, 48, 8, 65, 34, 0, 0, 0.5, 0, 1, BloodCount},
    {"hemoglobin", "Hemoglobin", "g/dL", 12, 16, 2.5, 21, 11.3, 1.2, 0.3, 0.2, 0, 1, BloodCount},
    {"platelets", "Platelets", "10⁹/L", 150, 400, 3, 1200, 210, 50, 12, 8, -15, 0, BloodCount},
    {"wbc", "White blood cells", "10⁹/L", 4, 11, 0.1, 120, 9.4, 2, 0.8, 0.5, 1, 1, BloodCount},
    {"bilirubin", "Bilirubin", "mg/dL", kNone, 1.2, 0.1, 50, 0.7, 0.2, 0.1, 0.05, 0.1, 1, Liver},
    {"alt", "Alanine aminotransferase", "U/L", kNone, 40, 3, 5000, 28, 9, 3, 2, 4, 0, Liver},
    {"ast", "Aspartate aminotransferase", "U/L", kNone, 40, 3, 5000, 31, 10, 3, 2, 5, 0, Liver},
    {"albumin", "Albumin", "g/dL", 3.5, 5, 0.8, 6, 3.5, 0.3, 0.1, 0.08, -0.2, 1, Liver},
    {"lactate", "Lactate", "mmol/L", kNone, 2, 0.3, 25, 1.3, 0.3, 0.2, 0.12, 0.8, 1, Lactate},
}};

constexpr std::array kSignTable{
    SeriesSign{Sepsis, "heart_rate", 22},
    SeriesSign{Sepsis, "sbp", -20},
    SeriesSign{Sepsis, "dbp", -10},
    SeriesSign{Sepsis, "respiratory_rate", 5},
    SeriesSign{Sepsis, "temperature", 1.3},
    SeriesSign{Sepsis, "wbc", 8},
    SeriesSign{Sepsis, "lactate", 2.2},
    SeriesSign{Sepsis, "platelets", -45},
    SeriesSign{Sepsis, "bicarbonate", -3},
    SeriesSign{KidneyFailure, "creatinine", 2.2},
    SeriesSign{KidneyFailure, "bun", 32},
    SeriesSign{KidneyFailure, "potassium", 0.9},
    SeriesSign{KidneyFailure, "bicarbonate", -4},
    SeriesSign{KidneyFailure, "phosphate", 1.5},
    SeriesSign{ChronicKidney, "creatinine", 0.5},
    SeriesSign{ChronicKidney, "bun", 6},
    SeriesSign{Pneumonia, "spo2", -0.8},
    SeriesSign{Pneumonia, "respiratory_rate", 1},
    SeriesSign{HeartFailure, "spo2", -1},
    SeriesSign{HeartFailure, "respiratory_rate", 1.5},
    SeriesSign{HeartFailure, "sbp", -5},
    SeriesSign{ChronicLung, "spo2", -1.2},
    SeriesSign{ChronicLung, "bicarbonate", 3},
    SeriesSign{Arrhythmia, "heart_rate", 5},
    SeriesSign{Infarction, "sbp", -6},
    SeriesSign{CerebralBleed, "gcs_eye", -1.6},
    SeriesSign{CerebralBleed, "gcs_verbal", -2.4},
    SeriesSign{CerebralBleed, "gcs_motor", -1.8},
    SeriesSign{CerebralBleed, "sbp", 14},
    SeriesSign{GastrointestinalBleed, "hemoglobin", -3},
    SeriesSign{GastrointestinalBleed, "bun", 8},
    SeriesSign{GastrointestinalBleed, "heart_rate", 9},
    SeriesSign{LiverFailure, "bilirubin", 4.5},
    SeriesSign{LiverFailure, "alt", 130},
    SeriesSign{LiverFailure, "ast", 160},
    SeriesSign{LiverFailure, "albumin", -0.9},
    SeriesSign{LiverFailure, "platelets", -70},
    SeriesSign{Diabetes, "glucose", 45},
    SeriesSign{Hypertension, "sbp", 3},
};

constexpr std::array<std::string_view, kPhenotypes> kPhenotypeNames{
    "Acute and unspecified renal failure",
    "Acute cerebrovascular disease",
    "Acute myocardial infarction",
    "Cardiac dysrhythmias",
    "Chronic kidney disease",
    "Chronic obstructive pulmonary disease and bronchiectasis",
    "Complications of surgical procedures or medical care",
    "Conduction disorders",
    "Congestive heart failure; nonhypertensive",
    "Coronary atherosclerosis and other heart disease",
    "Diabetes mellitus with complications",
    "Diabetes mellitus without complication",
    "Disorders of lipid metabolism",
    "Essential hypertension",
    "Fluid and electrolyte disorders",
    "Gastrointestinal hemorrhage",
    "Hypertension with complications and secondary hypertension",
    "Other liver diseases",
    "Other lower respiratory disease",
    "Other upper respiratory disease",
    "Pleurisy; pneumothorax; pulmonary collapse",
    "Pneumonia (except that caused by tuberculosis or sexually transmitted disease)",
    "Respiratory failure; insufficiency; arrest (adult)",
    "Septicemia (except in labor)",
    "Shock"};

}  // namespace

std::span<const ConditionInfo, kConditions> icuConditions() {
  return kConditionTable;
}
std::span<const Cause> icuCauses() {
  return kCauseTable;
}
const PanelInfo& infoOf(Panel panel) {
  return kPanelTable[static_cast<std::size_t>(panel)];
}
std::span<const SeriesInfo, kSeries> icuSeries() {
  return kSeriesTable;
}
std::span<const SeriesSign> icuSeriesSigns() {
  return kSignTable;
}
std::span<const std::string_view, kPhenotypes> icuPhenotypes() {
  return kPhenotypeNames;
}

std::size_t seriesNamed(std::string_view name) {
  const auto found = std::ranges::find(kSeriesTable, name, &SeriesInfo::name);
  assert(found != kSeriesTable.end());
  return static_cast<std::size_t>(found - kSeriesTable.begin());
}

}  // namespace fusemoe
