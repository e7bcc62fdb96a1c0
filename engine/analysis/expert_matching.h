#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/mask_sweep.h"

namespace fusemoe {

/// The one-to-one assignment of rows to columns with the greatest sum (Hungarian method, O(n³)); `gain` [n, n].
/// Gives the column of each row.
std::vector<int> bestAssignment(std::span<const double> gain, int n);

struct MatchedLayer {
  std::vector<double>
      similarity;            ///< [S, S] correlation of usage profiles: expert of A × expert of B; 0 for one unused
  std::vector<int> partner;  ///< [S] expert of B that is matched with each of A
  double matched = 0;        ///< mean similarity of the pairs
  double byNumber = 0;       ///< mean similarity of experts of equal number
  double chance = 0;         ///< mean over random profiles: experts of B with stays shuffled, then matched
  double chanceHigh = 0;     ///< 95 % of those
  int sameNumber = 0;        ///< experts matched with their own number
};

struct MatchingReport {
  std::size_t stays = 0;
  std::vector<MatchedLayer> layers;
  std::string verdict;  ///< a sentence: does "expert 3" mean the same in the other model?
};

struct MatchingOptions {
  std::string split;
  std::size_t most = 2000;
  int shuffles = 50;
  std::uint64_t seed = 32;
};

/// A usage profile is an expert's kept weight from each modality in each stay. Errors: those of sweepMasks; models of
/// another number of layers, experts or routers, or other modalities.
Result<MatchingReport> matchExperts(const Model& a, const Model& b, const SampleSource& source,
                                    const MatchingOptions& options, const ProgressSink& progress,
                                    const std::stop_token& stop);

}  // namespace fusemoe
