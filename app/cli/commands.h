#pragma once

#include <map>
#include <string>
#include <vector>

#include "console.h"

namespace fusemoe::cli {

// One function a command; each returns the exit status.

int inspect(Console& console, const std::string& file);
/// `native` computes with the fast BLAS instead of the reference arithmetic.
int parity(Console& console, const std::string& directory, bool native);

struct PredictArguments {
  std::string model, cohort;
  std::int64_t stay = 0;
  std::vector<std::string> mask;
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

struct TrainArguments {
  std::string cohort, config, out;
  std::uint64_t seed = 32;
};
int train(Console& console, const TrainArguments& arguments);

struct EvaluateArguments {
  std::string model, cohort, split = "test";
  int resamples = 1000;
};
int evaluate(Console& console, const EvaluateArguments& arguments);

struct BaselineArguments {
  std::string cohort, config, split = "test";
  int resamples = 1000;
};
int baseline(Console& console, const BaselineArguments& arguments);

}  // namespace fusemoe::cli
