#include "cohort/generate/icu_patient.h"

#include <algorithm>
#include <cmath>

#include "cohort/generate/random_source.h"

namespace fusemoe {
namespace {

using enum Condition;

constexpr std::uint64_t kPurpose = 1;

/// A step from 0 to 1 around 0, of + × ÷ √ alone, which every platform rounds alike.
double step(double x) {
  return 0.5 + 0.5 * x / std::sqrt(1 + x * x);
}

/// Causes stand behind their effects in the enumeration or are drawn before them: histories first.
void drawConditions(IcuPatient& patient, RandomSource& random) {
  const auto draw = [&](std::size_t c) {
    double chance = icuConditions()[c].prevalence;
    for (const Cause& cause : icuCauses())
      if (static_cast<std::size_t>(cause.effect) == c && patient.has(cause.cause)) chance += cause.added;
    patient.conditions[c] = random.chance(chance);
  };
  constexpr auto kFirstHistory = static_cast<std::size_t>(SurgicalComplication);
  for (std::size_t c = kFirstHistory; c < kConditions; ++c) draw(c);
  for (std::size_t c = 0; c < kFirstHistory; ++c) draw(c);
}

void drawCourse(IcuPatient& patient, RandomSource& random) {
  patient.frailty = random.normal();
  patient.response = std::clamp(0.5 * random.normal(), -1.0, 1.0);
  double score = 0.35 * patient.frailty;
  for (const ConditionInfo& info : icuConditions())
    if (patient.has(info.condition)) score += info.severity;
  patient.severity = step(1.1 * (score - 1.75));
  patient.dies = random.chance(step(2.2 * (score - 2.85 - 0.7 * patient.response)));
  patient.leavesSoon = random.chance(step(2.0 * (1.0 - score + 0.5 * patient.response))) && !patient.dies;
}

/// What a clerk codes of the conditions: most of what is there, and now and then what is not.
void drawPhenotypes(IcuPatient& patient, RandomSource& random) {
  const auto coded = [&](bool there) { return random.chance(there ? 0.93 : 0.02); };
  const bool complicated = random.chance(0.4);
  const bool respiratory =
      patient.severity > 0.5 && (patient.has(Pneumonia) || patient.has(HeartFailure) || patient.has(ChronicLung));
  const bool shock =
      patient.severity > 0.6 && (patient.has(Sepsis) || patient.has(Infarction) || patient.has(GastrointestinalBleed));
  const bool pressure = patient.has(Hypertension), kidney = patient.has(ChronicKidney);
  // In the order of icuPhenotypes().
  const std::array<bool, kPhenotypes> there{patient.has(KidneyFailure),
                                            patient.has(CerebralBleed),
                                            patient.has(Infarction),
                                            patient.has(Arrhythmia),
                                            kidney,
                                            patient.has(ChronicLung),
                                            patient.has(SurgicalComplication),
                                            patient.has(ConductionBlock),
                                            patient.has(HeartFailure),
                                            patient.has(CoronaryDisease),
                                            patient.has(Diabetes) && complicated,
                                            patient.has(Diabetes) && !complicated,
                                            patient.has(LipidDisorder),
                                            pressure && !kidney,
                                            patient.has(KidneyFailure) || patient.has(LiverFailure),
                                            patient.has(GastrointestinalBleed),
                                            pressure && kidney,
                                            patient.has(LiverFailure),
                                            patient.has(PleuralEffusion) && patient.has(ChronicLung),
                                            false,
                                            patient.has(PleuralEffusion),
                                            patient.has(Pneumonia),
                                            respiratory,
                                            patient.has(Sepsis),
                                            shock};
  for (std::size_t i = 0; i < kPhenotypes; ++i) patient.phenotypes[i] = coded(there[i]);
}

bool present(const Presence& presence, double severity, RandomSource& random) {
  return random.chance(presence.share + presence.bySeverity * (severity - kMeanSeverity));
}

}  // namespace

IcuPatient drawPatient(std::uint64_t seed, std::int64_t stayId) {
  RandomSource random(seed, static_cast<std::uint64_t>(stayId), kPurpose);
  IcuPatient patient;
  patient.stayId = stayId;
  drawConditions(patient, random);
  drawCourse(patient, random);
  drawPhenotypes(patient, random);
  patient.hasText = present(kTextPresence, patient.severity, random);
  patient.hasCxr = present(kCxrPresence, patient.severity, random);
  patient.hasEcg = present(kEcgPresence, patient.severity, random);
  return patient;
}

}  // namespace fusemoe
