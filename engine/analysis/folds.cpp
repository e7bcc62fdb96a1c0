#include "analysis/folds.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fusemoe {
namespace {

/// The finaliser of SplitMix64.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

}  // namespace

Result<std::shared_ptr<FoldSource>> FoldSource::deal(const SampleSource& cohort, const std::string& task, int folds,
                                                     std::uint64_t seed) {
  if (folds < 3)
    return failure("Cross-validation needs at least 3 folds, not " + std::to_string(folds) + ".",
                   "One is tested, one chooses the epoch, the rest are trained on.");
  std::map<std::vector<float>, std::vector<std::int64_t>> strata;
  std::size_t stays = 0;
  auto visited = cohort.visit("", [&](const SamplePtr& sample) {
    const auto label = sample->labels.find(task);
    if (label == sample->labels.end()) return true;
    if (std::any_of(label->second.begin(), label->second.end(), [](float value) { return !std::isfinite(value); }))
      return true;
    strata[label->second].push_back(sample->stayId);
    ++stays;
    return true;
  });
  if (!visited) return failure(visited.error());
  if (stays < static_cast<std::size_t>(folds))
    return failure("The cohort has fewer stays with a label of task '" + task + "' than folds are asked for.",
                   "Ask for fewer folds, or check the task's name.");
  std::shared_ptr<FoldSource> source(new FoldSource(cohort, folds));
  int next = 0;
  for (auto& [label, ids] : strata) {
    auto key = [seed](std::int64_t stay) { return mixed(mixed(seed + 1) ^ static_cast<std::uint64_t>(stay)); };
    std::sort(ids.begin(), ids.end(),
              [&](std::int64_t a, std::int64_t b) { return std::pair(key(a), a) < std::pair(key(b), b); });
    for (const std::int64_t stay : ids) source->m_foldOf[stay] = next++ % folds;
  }
  return source;
}

bool FoldSource::isIn(const std::string& split, int fold) const {
  if (split.empty()) return true;
  if (fold == m_fold) return split == "test";
  return split == (fold == (m_fold + 1) % m_folds ? "validation" : "train");
}

Result<void> FoldSource::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  return m_cohort.visit("", [&](const SamplePtr& sample) {
    const auto fold = m_foldOf.find(sample->stayId);
    return fold == m_foldOf.end() || !isIn(split, fold->second) || visit(sample);
  });
}

Result<std::size_t> FoldSource::count(const std::string& split) const {
  return static_cast<std::size_t>(
      std::count_if(m_foldOf.begin(), m_foldOf.end(), [&](const auto& stay) { return isIn(split, stay.second); }));
}

}  // namespace fusemoe
