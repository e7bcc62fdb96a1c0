#include "support/icu_cohort.h"

#include <array>
#include <cmath>
#include <limits>

#include "support/fake_model.h"

namespace fusemoe::test {
namespace {

struct Vital {
  const char *name, *title, *unit;
  double low, high, mean, swing;
  int observations;
};
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<Vital, 5> kVitals{{{"hr", "Heart rate", "/min", 60, 100, 92, 14, 20},
                                        {"sbp", "Systolic BP", "mmHg", 90, 130, 118, 18, 16},
                                        {"spo2", "SpO₂", "%", 94, kNone, 95, 3, 24},
                                        {"creatinine", "Creatinine", "mg/dL", 0.7, 1.3, 1.1, 0.35, 3},
                                        {"lactate", "Lactate", "mmol/L", kNone, 2, 0, 0, 0}}};

Vital vital(int index) {
  return kVitals[size_t(index) % kVitals.size()];
}

std::string nameOf(int index) {
  const std::string name = vital(index).name;
  return index < int(kVitals.size()) ? name : name + std::to_string(index / int(kVitals.size()) + 1);
}

}  // namespace

ModelConfig icuConfig() {
  return icuConfig(5);
}

ModelConfig icuConfig(int variables) {
  ModelConfig config = fakeConfig();
  const auto events = [](const char* name, const char* title) {
    ModalityConfig modality{name, title, ModalityKind::Vectors, {}, 2};
    return modality;
  };
  ModalityConfig vitals{"vitals", "Vitals and labs", ModalityKind::Series, {}};
  for (int i = 0; i < variables; ++i) vitals.variables.push_back({nameOf(i), vital(i).title, vital(i).unit, 0, 1});
  ModalityConfig facts{"facts", "Facts", ModalityKind::Static, {}};
  facts.variables = {{"age", "Age", "y", 0, 1}, {"sex", "Male sex", "0/1", 0, 1}, {"weight", "Weight", "kg", 0, 1}};
  config.modalities = {vitals, events("notes", "Clinical notes"), events("xray", "Chest X-ray"), events("ecg", "ECG"),
                       facts};
  return config;
}

IcuCohort::IcuCohort(int variables) : FakeCohort(3, icuConfig(variables)), m_variables(variables) {
  auto& described = m_info.modalities.front().variables;
  for (int i = 0; i < variables; ++i) {
    described[size_t(i)].referenceLow = vital(i).low;
    described[size_t(i)].referenceHigh = vital(i).high;
  }
}

Result<SamplePtr> IcuCohort::read(std::int64_t stayId) const {
  auto sample = std::make_shared<Sample>();
  sample->stayId = stayId;
  sample->digest = "stay " + std::to_string(stayId);
  ModalityData vitals{"vitals", ModalityKind::Series, {}, {}};
  for (int i = 0; i < m_variables; ++i) {
    const Vital of = vital(i);
    VariableData data{nameOf(i), {}};
    for (int k = 0; k < of.observations; ++k) {
      const double hour = 48.0 * (k + 0.5 + 0.3 * std::sin(7.0 * k + i)) / of.observations;
      const double value = of.mean + of.swing * std::sin(0.5 * k + i) * std::cos(1.7 * k);
      data.observations.push_back({float(std::round(hour * 4) / 4), float(std::round(value * 10) / 10)});
    }
    vitals.variables.push_back(std::move(data));
  }
  const ModalityData notes{"notes",
                           ModalityKind::Vectors,
                           {},
                           {{6.5F, "nursing", {1, 0}}, {6.5F, "admission", {0, 1}}, {31, "ward round", {1, 1}}}};
  const ModalityData xray{"xray", ModalityKind::Vectors, {}, {{12, "AP", {1, 0}}, {30, "AP", {0, 1}}}};
  const ModalityData ecg{"ecg", ModalityKind::Vectors, {}, {}};
  const ModalityData facts{
      "facts", ModalityKind::Static, {{"age", {{0, 71}}}, {"sex", {{0, 1}}}, {"weight", {{0, 82.5F}}}}, {}};
  sample->modalities = {vitals, notes, xray, ecg, facts};
  return sample;
}

}  // namespace fusemoe::test
