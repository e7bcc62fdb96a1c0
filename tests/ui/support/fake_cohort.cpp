#include "support/fake_cohort.h"

#include <QBuffer>
#include <QImage>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "support/fake_model.h"

namespace fusemoe::test {
namespace {

constexpr std::array<std::uint32_t, 6> kPatterns{0b11011, 0b11111, 0b10011, 0b11010, 0b00010, 0b01111};

std::uint32_t presentOf(int index) {
  if (index == 0) return 0b11111;
  return index == 1 ? 0b10111 : kPatterns[size_t(index) % kPatterns.size()];
}

ModalityData dataOf(const ModalityConfig& config, std::int64_t stayId) {
  ModalityData data{config.name, config.kind, {}, {}};
  for (const VariableConfig& variable : config.variables) {
    VariableData values{variable.name, {}};
    const int observations = config.kind == ModalityKind::Static ? 1 : 3 + int(stayId % 5);
    for (int i = 0; i < observations; ++i)
      values.observations.push_back({float(i), float(std::sin(i + double(stayId)))});
    data.variables.push_back(values);
  }
  if (config.kind == ModalityKind::Vectors) data.events.push_back({1.0F, "event", {0, 1, 0, 0}});
  return data;
}

/// Three beats of a made-up ECG in twelve leads.
Waveform ecg() {
  Waveform waveform{250, "mV", {}};
  constexpr std::array<const char*, 12> kLeads{"I",  "II", "III", "aVR", "aVL", "aVF",
                                               "V1", "V2", "V3",  "V4",  "V5",  "V6"};
  for (size_t lead = 0; lead < kLeads.size(); ++lead) {
    std::vector<float> values;
    for (int i = 0; i < 625; ++i) {
      const double beat = std::fmod(i / 250.0, 0.8);
      const auto wave = [&](double at, double width, double height) {
        return height * std::exp(-std::pow((beat - at) / width, 2));
      };
      const double size = 0.5 + 0.09 * double(lead);
      values.push_back(float(size * (wave(0.2, 0.025, 0.15) - wave(0.33, 0.01, 0.2) + wave(0.36, 0.012, 1.1) -
                                     wave(0.39, 0.012, 0.3) + wave(0.58, 0.05, 0.3))));
    }
    waveform.leads.push_back({kLeads[lead], std::move(values)});
  }
  return waveform;
}

std::string picture() {
  QImage image(96, 64, QImage::Format_Grayscale8);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      image.scanLine(y)[x] = uchar(127 + 100 * std::sin(x / 9.0) * std::cos(y / 7.0));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes.toStdString();
}

}  // namespace

FakeCohort::FakeCohort(int count) : FakeCohort(count, fakeConfig()) {}

FakeCohort::FakeCohort(int count, ModelConfig config) : m_config(std::move(config)) {
  const std::string owner = m_config.modalities.at(std::min<size_t>(3, m_config.modalities.size() - 1)).name;
  m_documents = {{{owner, 0, 6.5F, DocumentKind::Text, "Nursing note", 0}, "Short of breath at night. Slept sitting."},
                 {{owner, 1, 14, DocumentKind::Waveform, "12-lead ECG", 0}, encodeWaveform(ecg()).value()},
                 {{owner, 2, 30, DocumentKind::Image, "Chest X-ray", 0}, picture()}};
  m_info.timeUnit = "h";
  m_info.timeOrigin = "admission";
  m_info.path = "fake.sqlite";
  m_info.name = "fake";
  m_info.digest = "digest of the fake cohort";
  for (const ModalityConfig& modality : m_config.modalities) {
    m_info.modalities.push_back({modality.name, modality.title, modality.kind, modality.width, {}});
    for (const VariableConfig& variable : modality.variables)
      m_info.modalities.back().variables.push_back({variable.name, variable.title, variable.unit, -0.5, 0.5});
  }
  m_info.tasks.push_back({"death", "Death within five years", TaskKind::Binary, {"death"}});
  constexpr std::array<const char*, 4> kSplits{"train", "train", "validation", "test"};
  for (int i = 0; i < count; ++i) {
    const float label = i % 11 == 10 ? std::numeric_limits<float>::quiet_NaN() : float(i % 3 == 0);
    m_stays.push_back({kFirstStay + i, presentOf(i), kSplits[size_t(i) % kSplits.size()], {label}});
  }
}

Result<SamplePtr> FakeCohort::read(std::int64_t stayId) const {
  const auto stay = std::ranges::lower_bound(m_stays, stayId, {}, &StaySummary::stayId);
  if (stay == m_stays.end() || stay->stayId != stayId)
    return failure("There is no stay " + std::to_string(stayId) + ".");
  auto sample = std::make_shared<Sample>();
  sample->stayId = stayId;
  sample->digest = "stay " + std::to_string(stayId);
  for (size_t m = 0; m < m_config.modalities.size(); ++m) {
    if ((stay->present >> m) & 1U) sample->modalities.push_back(dataOf(m_config.modalities[m], stayId));
  }
  sample->labels["death"] = stay->labels;
  return sample;
}

Result<std::vector<DocumentEntry>> FakeCohort::documents(std::int64_t stayId) const {
  std::vector<DocumentEntry> entries;
  for (const StayDocument& document : m_documents) {
    if (stayId != kFirstStay) break;
    entries.push_back(document.entry);
    entries.back().bytes = std::int64_t(document.content.size());
  }
  return entries;
}

Result<StayDocument> FakeCohort::document(std::int64_t stayId, const std::string& modality, int position) const {
  for (const StayDocument& document : m_documents)
    if (stayId == kFirstStay && document.entry.modality == modality && document.entry.position == position)
      return document;
  return failure("There is no such document.");
}

Result<void> FakeCohort::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  for (const StaySummary& stay : m_stays) {
    if (!split.empty() && stay.split != split) continue;
    const Result<SamplePtr> sample = read(stay.stayId);
    if (!sample) return failure(sample.error());
    if (!visit(*sample)) break;
  }
  return {};
}

Result<std::size_t> FakeCohort::count(const std::string& split) const {
  return std::size_t(
      std::ranges::count_if(m_stays, [&](const StaySummary& stay) { return split.empty() || stay.split == split; }));
}

}  // namespace fusemoe::test
