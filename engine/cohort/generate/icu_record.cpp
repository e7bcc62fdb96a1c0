#include "cohort/generate/icu_record.h"

#include <algorithm>
#include <cmath>

#include "cohort/generate/random_source.h"

namespace fusemoe {
namespace {

enum Purpose : std::uint64_t { kSeriesPurpose = 2, kTextPurpose, kCxrPurpose, kEcgPurpose, kDirectionPurpose };

/// Seed of what stands for the encoders: the same for every cohort, so that a model of one reads another.
constexpr std::uint64_t kEncoderSeed = 2402'03226;
constexpr std::size_t kFrailtyDirection = kConditions;

/// Slow change over the window: linear between values at hours 0, 12, 24, 36 and 48.
class Wander {
 public:
  Wander(double deviation, RandomSource& random) {
    for (double& knot : m_knots) knot = deviation * random.normal();
  }
  double at(double hour) const {
    const double place = std::min(hour / 12, 3.999);
    const auto left = static_cast<std::size_t>(place);
    const double share = place - static_cast<double>(left);
    return m_knots[left] * (1 - share) + m_knots[left + 1] * share;
  }

 private:
  std::array<double, 5> m_knots{};
};

/// Hours at which a panel is measured, ascending, in quarters of an hour. Empty where it is not measured at all.
std::vector<float> panelHours(const IcuPatient& patient, Panel panel, RandomSource& random) {
  const PanelInfo& info = infoOf(panel);
  std::vector<float> hours;
  const bool measured = random.chance(info.share + info.bySeverity * (2 * patient.severity - 1));
  const double own = info.hours * random.uniform(0.8, 1.25) * (1.25 - 0.6 * patient.severity);
  for (double hour = own * random.uniform(0.1, 1); hour <= kIcuWindowHours; hour += own * random.uniform(0.5, 1.5)) {
    const double charted = random.chance(info.onFullHour) ? std::floor(hour + 0.5) : std::floor(4 * hour + 0.5) / 4;
    const auto at = static_cast<float>(std::min(charted, kIcuWindowHours));
    if (measured && (hours.empty() || at > hours.back())) hours.push_back(at);
  }
  return hours;
}

/// What the patient's conditions do to each variable when they are at full strength.
std::array<double, kSeries> shiftsOf(const IcuPatient& patient) {
  std::array<double, kSeries> shifts{};
  for (const SeriesSign& sign : icuSeriesSigns())
    if (patient.has(sign.condition)) shifts[seriesNamed(sign.variable)] += sign.shift;
  for (std::size_t v = 0; v < kSeries; ++v) shifts[v] += icuSeries()[v].worsens * patient.severity;
  return shifts;
}

float written(const SeriesInfo& info, double value) {
  const double scale = info.decimals == 0 ? 1 : 10;
  return static_cast<float>(std::clamp(std::floor(value * scale + 0.5) / scale, info.low, info.high));
}

/// Variables that a laboratory or monitor computes from others.
double derived(const SeriesInfo& info, const std::array<double, kSeries>& now, double otherwise) {
  static const std::size_t kSbp = seriesNamed("sbp"), kDbp = seriesNamed("dbp"), kSodium = seriesNamed("sodium"),
                           kChloride = seriesNamed("chloride"), kBicarbonate = seriesNamed("bicarbonate"),
                           kHemoglobin = seriesNamed("hemoglobin");
  if (info.name == "mbp") return (now[kSbp] + 2 * now[kDbp]) / 3;
  if (info.name == "anion_gap") return now[kSodium] - now[kChloride] - now[kBicarbonate];
  if (info.name == "hematocrit") return 3 * now[kHemoglobin];
  return otherwise;
}

ModalityData drawSeries(std::uint64_t seed, const IcuPatient& patient) {
  RandomSource random(seed, static_cast<std::uint64_t>(patient.stayId), kSeriesPurpose);
  ModalityData data{"ts", ModalityKind::Series, {}, {}};
  const auto table = icuSeries();
  std::vector<double> offsets;
  std::vector<Wander> wanders;
  for (const SeriesInfo& info : table) {
    data.variables.push_back({std::string(info.name), {}});
    offsets.push_back(info.mean + info.between * random.normal());
    wanders.emplace_back(info.wander, random);
  }
  const std::array<double, kSeries> shifts = shiftsOf(patient);
  for (std::size_t p = 0; p < kPanels; ++p)
    for (const float hour : panelHours(patient, static_cast<Panel>(p), random)) {
      // Signs fade by up to half over the window in those who respond, and grow in those who do not.
      const double strength = 1 - 0.5 * patient.response * static_cast<double>(hour) / kIcuWindowHours;
      std::array<double, kSeries> now{};
      for (std::size_t v = 0; v < kSeries; ++v)
        now[v] = offsets[v] + strength * shifts[v] + wanders[v].at(static_cast<double>(hour));
      for (std::size_t v = 0; v < kSeries; ++v)
        if (table[v].panel == static_cast<Panel>(p))
          data.variables[v].observations.push_back(
              {hour, written(table[v], derived(table[v], now, now[v]) + table[v].noise * random.normal())});
    }
  return data;
}

/// A vectors modality: its name, what its events may be called, and how strongly it shows a condition.
struct VectorModality {
  std::string_view name;
  Purpose purpose;
  double VectorSigns::*sign;
  double frailty;  ///< as the signs
  std::array<std::string_view, 3> codes;
};
constexpr VectorModality kText{"text", kTextPurpose, &VectorSigns::text, 0.8, {"nursing", "physician", "consult"}};
constexpr VectorModality kCxr{"cxr", kCxrPurpose, &VectorSigns::cxr, 0, {"AP portable", "AP portable", "PA"}};
constexpr VectorModality kEcg{"ecg", kEcgPurpose, &VectorSigns::ecg, 0, {"12-lead", "12-lead", "12-lead"}};

/// Where a condition (or frailty) points in a modality's vectors: entries ±1/√width.
std::vector<double> direction(const VectorModality& modality, std::size_t condition, std::size_t width) {
  RandomSource random(kEncoderSeed, modality.purpose * 1000 + condition, kDirectionPurpose);
  std::vector<double> entries(width);
  const double size = 1 / std::sqrt(static_cast<double>(width));
  for (double& entry : entries) entry = random.chance(0.5) ? size : -size;
  return entries;
}

void add(std::vector<double>& sum, const std::vector<double>& direction, double strength) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += strength * direction[i];
}

/// Hours of one to five events, ascending; the sicker, the more.
std::vector<float> eventHours(const IcuPatient& patient, RandomSource& random) {
  std::size_t count = 1;
  while (count < 5 && random.chance(0.25 + 0.4 * patient.severity)) ++count;
  std::vector<float> hours;
  for (std::size_t i = 0; i < count; ++i)
    hours.push_back(static_cast<float>(std::floor(4 * random.uniform(0, kIcuWindowHours)) / 4));
  std::sort(hours.begin(), hours.end());
  return hours;
}

ModalityData drawVectors(std::uint64_t seed, const IcuPatient& patient, const VectorModality& modality, bool present,
                         int width) {
  ModalityData data{std::string(modality.name), ModalityKind::Vectors, {}, {}};
  if (!present) return data;
  const auto size = static_cast<std::size_t>(width);
  RandomSource random(seed, static_cast<std::uint64_t>(patient.stayId), modality.purpose);
  const std::vector<float> hours = eventHours(patient, random);
  // What all events of a stay share beside its conditions: two thirds of the variance.
  std::vector<double> own(size);
  for (double& entry : own) entry = 0.8 * random.normal();
  for (const ConditionInfo& info : icuConditions())
    if (const double sign = info.vectors.*modality.sign; sign > 0 && patient.has(info.condition))
      add(own, direction(modality, static_cast<std::size_t>(info.condition), size), sign);
  if (modality.frailty > 0) add(own, direction(modality, kFrailtyDirection, size), modality.frailty * patient.frailty);
  for (const float hour : hours) {
    Event event{hour, std::string(modality.codes[random.below(modality.codes.size())]), {}};
    event.vector.reserve(size);
    for (const double entry : own) event.vector.push_back(static_cast<float>(entry + 0.6 * random.normal()));
    data.events.push_back(std::move(event));
  }
  return data;
}

}  // namespace

Sample drawRecord(std::uint64_t seed, const IcuPatient& patient, const IcuWidths& widths) {
  Sample sample;
  sample.stayId = patient.stayId;
  sample.modalities = {drawSeries(seed, patient), drawVectors(seed, patient, kText, patient.hasText, widths.text),
                       drawVectors(seed, patient, kCxr, patient.hasCxr, widths.cxr),
                       drawVectors(seed, patient, kEcg, patient.hasEcg, widths.ecg)};
  return sample;
}

}  // namespace fusemoe
