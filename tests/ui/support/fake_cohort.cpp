#include "support/fake_cohort.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

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

}  // namespace

FakeCohort::FakeCohort(int count) {
  m_info.path = "fake.sqlite";
  m_info.name = "fake";
  m_info.digest = "digest of the fake cohort";
  for (const ModalityConfig& modality : fakeConfig().modalities) {
    m_info.modalities.push_back({modality.name, modality.title, modality.kind, modality.width, {}});
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
  const ModelConfig config = fakeConfig();
  for (size_t m = 0; m < config.modalities.size(); ++m) {
    if ((stay->present >> m) & 1U) sample->modalities.push_back(dataOf(config.modalities[m], stayId));
  }
  sample->labels["death"] = stay->labels;
  return sample;
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
