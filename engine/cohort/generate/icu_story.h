#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Inside engine/cohort only: what the synthetic ICU cohort is made of. The numbers are invented to teach and to test
// with; they are plausible, not estimated from patients.
//
// The causal story, in the order it is drawn:
//   history (hypertension, diabetes …) → acute conditions → severity → death, discharge, how often one is measured,
//   and which modalities exist; conditions → what each modality shows.
// A condition shows where kSigns says, and only there: kidney failure in creatinine, urea and potassium (`ts`),
// arrhythmia in `ecg`, pneumonia in `cxr`, more weakly in `text`, SpO2 and breathing, a history in `text`. So it is
// known which modality a model has to look at, and what it loses when that one is masked.
namespace fusemoe {

/// Latent conditions: the planted truth (task `condition`).
enum class Condition : std::size_t {
  KidneyFailure,
  CerebralBleed,
  Infarction,
  Arrhythmia,
  ConductionBlock,
  HeartFailure,
  Pneumonia,
  PleuralEffusion,
  Sepsis,
  GastrointestinalBleed,
  LiverFailure,
  SurgicalComplication,
  ChronicLung,
  ChronicKidney,
  CoronaryDisease,
  Diabetes,
  Hypertension,
  LipidDisorder
};
inline constexpr std::size_t kConditions = 18;
inline constexpr std::size_t kPhenotypes = 25;

/// How strongly an event's vector shows a condition: the shift along the condition's direction, in standard deviations
/// of what else is in the vector.
struct VectorSigns {
  double text = 0, cxr = 0, ecg = 0;
};

struct ConditionInfo {
  Condition condition;
  std::string_view name;
  double prevalence = 0;  ///< without the causes below
  double severity = 0;    ///< what it adds to the severity score
  VectorSigns vectors;
  std::string_view finding;  ///< as a note says it
};
/// In the order of the enumeration.
std::span<const ConditionInfo, kConditions> icuConditions();
inline const ConditionInfo& infoOf(Condition condition) {
  return icuConditions()[static_cast<std::size_t>(condition)];
}

/// `cause` raises the chance of `effect` by `added`.
struct Cause {
  Condition cause, effect;
  double added = 0;
};
std::span<const Cause> icuCauses();

/// What is measured together, at the same times.
enum class Panel : std::size_t { Bedside, Cuff, Temperature, Coma, Chemistry, Minerals, BloodCount, Liver, Lactate };
struct PanelInfo {
  double hours = 1;       ///< between two measurements of an average patient
  double share = 1;       ///< chance that an average patient is measured at all
  double bySeverity = 0;  ///< added to `share` at severity 1, taken away at severity 0
  double onFullHour = 0;  ///< chance that a measurement is charted at the full hour
};
inline constexpr std::size_t kPanels = 9;
const PanelInfo& infoOf(Panel panel);

/// One of the 30 vitals and labs. Value = mean + patient's own offset + signs of his conditions + slow wandering +
/// noise, rounded and kept within limits.
struct SeriesInfo {
  std::string_view name, title, unit;
  double referenceLow = 0, referenceHigh = 0;  ///< NaN = none
  double low = 0, high = 0;                    ///< limits of what is ever written
  double mean = 0;
  double between = 0, wander = 0, noise = 0;  ///< standard deviations: of patients, over hours, of a measurement
  double worsens = 0;                         ///< shift at severity 1
  int decimals = 0;
  Panel panel = Panel::Bedside;
};
inline constexpr std::size_t kSeries = 30;
std::span<const SeriesInfo, kSeries> icuSeries();
/// Index in icuSeries(); the name must exist.
std::size_t seriesNamed(std::string_view name);

/// What a condition does to a variable, in the variable's unit.
struct SeriesSign {
  Condition condition;
  std::string_view variable;
  double shift = 0;
};
std::span<const SeriesSign> icuSeriesSigns();

/// The 25 acute conditions of the paper's `pheno` task (Harutyunyan et al. 2019), in its order.
std::span<const std::string_view, kPhenotypes> icuPhenotypes();

/// Share of stays that have a modality, as the paper's MIMIC-IV cohort, at average severity, and how much more (less)
/// of them at severity 1 (0).
struct Presence {
  double share = 1, bySeverity = 0;
};
inline constexpr Presence kTextPresence{0.91, 0.06};
inline constexpr Presence kCxrPresence{0.25, 0.25};
inline constexpr Presence kEcgPresence{0.52, 0.30};
/// Mean of IcuPatient::severity over patients.
inline constexpr double kMeanSeverity = 0.3735;

inline constexpr double kIcuWindowHours = 48;

}  // namespace fusemoe
