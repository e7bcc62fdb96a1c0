#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cohort/generate/generate_icu.h"
#include "console.h"
#include "stay_state.h"

namespace fusemoe::cli {

// One function a command; each returns the exit status.

int inspect(Console& console, const std::string& file);
/// `native` computes with the fast BLAS instead of the reference arithmetic.
int parity(Console& console, const std::string& directory, bool native);

struct PredictArguments {
  std::string model, change;
  StayOptions state;
  bool tokens = false;  ///< also list every token's top-K
};
int predict(Console& console, const PredictArguments& arguments);

int cohort(Console& console, const std::string& file);
/// Copies a cohort from a file or database URL to another.
int copyCohort(Console& console, const std::string& from, const std::string& to);

struct ImportArguments {
  std::map<std::string, std::map<std::string, std::string>> options;  ///< importer -> option -> value
  std::string out;
  std::vector<std::string> map;  ///< VARIABLE=MODALITY
  std::uint64_t seed = 32;
};
int import(Console& console, const std::string& importer, const ImportArguments& arguments);

struct GenerateArguments {
  IcuRequest icu;
  bool full = false;  ///< the paper's widths
};
int generateIcu(Console& console, const GenerateArguments& arguments);

struct TrainArguments {
  std::string cohort, config, out;
  std::uint64_t seed = 32;
  std::vector<std::uint64_t> seeds;  ///< a run a seed; a single number from 1 to 5 stands for so many of the paper's
  std::vector<std::string> changes;  ///< PATH=VALUE, to the experiment
  std::optional<int> epochs, patience;
  std::optional<std::int64_t> watch;  ///< stay to predict after every epoch
  bool test = false;                  ///< metrics on the test split, once all is trained
  int folds = 0;                      ///< cross-validation instead of the cohort's splits; 0 = none
  int resamples = 1000;
  bool resume = false, noCheckpoint = false;
};
int train(Console& console, const TrainArguments& arguments);

struct EvaluateArguments {
  std::vector<std::string> models;
  std::string cohort, split = "test";
  int resamples = 1000;
  std::vector<std::string> slices;  ///< NAME=FILTER
  std::vector<std::string> mask;
  std::vector<double> drop;  ///< several: a curve
  std::uint64_t seed = 32;
};
int evaluate(Console& console, const EvaluateArguments& arguments);

struct BaselineArguments {
  std::string cohort, config, split = "test", method = "logistic";
  int resamples = 1000;
  std::uint64_t seed = 32;
};
int baseline(Console& console, const BaselineArguments& arguments);

}  // namespace fusemoe::cli
