#pragma once

#include <map>
#include <memory>
#include <string>

#include "api/sample.h"
#include "base/result.h"

namespace fusemoe {

/// A cohort dealt anew for cross-validation: its own splits are ignored. The labelled stays of a task are ordered by a
/// hash of seed and stay within each label and dealt to K folds in turn, so that folds have the same share of each
/// label. In turn `fold`, that fold is "test", the next one "validation", the rest "train". Stays, not persons, are
/// dealt: a person with several stays may be in several folds.
class FoldSource : public SampleSource {
 public:
  /// Reads the cohort once; keeps a number a stay. Errors: fewer than three folds, or than one stay for each; the
  /// cohort's.
  static Result<std::shared_ptr<FoldSource>> deal(const SampleSource& cohort, const std::string& task, int folds,
                                                  std::uint64_t seed);
  /// The fold that is "test" from now on, from 0.
  void turnTo(int fold) { m_fold = fold; }

  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  FoldSource(const SampleSource& cohort, int folds) : m_cohort(cohort), m_folds(folds) {}
  bool isIn(const std::string& split, int fold) const;

  const SampleSource& m_cohort;
  int m_folds, m_fold = 0;
  std::map<std::int64_t, int> m_foldOf;
};

}  // namespace fusemoe
