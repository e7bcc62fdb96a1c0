#include "boosting/boosting.h"

#include <xgboost/c_api.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>

#include "analysis/metrics.h"
#include "analysis/summary_features.h"

namespace fusemoe {
namespace {

constexpr int kMostRounds = 1000;
constexpr int kPatience = 50;  // rounds without a better validation AUROC
constexpr std::array kDepths{2, 3, 5};
constexpr std::array kRates{0.03, 0.1};
constexpr std::array kChildWeights{1.0, 8.0};

/// A fault of the library, on its way to boostingBaseline.
struct BoostingFault {
  std::string detail;
};
void checked(int status) {
  if (status != 0) throw BoostingFault{XGBGetLastError()};
}

/// The labelled stays of a split, and their features as XGBoost holds them.
struct Table {
  Scores scores;  ///< without probabilities
  std::vector<float> features;
  std::shared_ptr<void> matrix;
};

Result<Table> read(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                   const std::stop_token& stop) {
  Table table;
  auto visited = cohort.visit(split, [&](const SamplePtr& sample) {
    const auto label = sample->labels.find(config.task.name);
    if (label == sample->labels.end() || label->second.size() != 1 || !std::isfinite(label->second.front()))
      return !stop.stop_requested();
    const std::vector<float> row = richFeatures(config, *sample);
    table.features.insert(table.features.end(), row.begin(), row.end());
    std::uint32_t present = 0;
    for (std::size_t m = 0; m < config.modalities.size(); ++m)
      if (const ModalityData* data = sample->modality(config.modalities[m].name); data && data->present())
        present |= 1U << m;
    table.scores.stays.push_back(sample->stayId);
    table.scores.truth.push_back(label->second.front() > 0.5F ? 1.0F : 0.0F);
    table.scores.present.push_back(present);
    return !stop.stop_requested();
  });
  if (!visited) return failure(visited.error());
  if (stop.stop_requested()) return failure("Boosting was stopped.");
  if (table.scores.stays.empty())
    return failure("The cohort has no stay in split '" + split + "' with a label of task '" + config.task.name + "'.",
                   "Check the cohort's splits and the task's name.");
  const auto rows = static_cast<bst_ulong>(table.scores.stays.size());
  DMatrixHandle handle = nullptr;
  checked(XGDMatrixCreateFromMat(table.features.data(), rows, table.features.size() / rows,
                                 std::numeric_limits<float>::quiet_NaN(), &handle));
  table.matrix = std::shared_ptr<void>(handle, [](void* matrix) { XGDMatrixFree(matrix); });
  checked(XGDMatrixSetFloatInfo(handle, "label", table.scores.truth.data(), rows));
  return table;
}

/// Trees that grow one a round.
class Booster {
 public:
  Booster(const Table& train, const BoostingChoice& choice, std::uint64_t seed) : m_train(train.matrix) {
    const std::array<DMatrixHandle, 1> cached{m_train.get()};
    BoosterHandle handle = nullptr;
    checked(XGBoosterCreate(cached.data(), cached.size(), &handle));
    m_booster = std::shared_ptr<void>(handle, [](void* booster) { XGBoosterFree(booster); });
    const std::map<std::string, std::string> settings{{"objective", "binary:logistic"},
                                                      {"tree_method", "hist"},
                                                      {"nthread", "1"},
                                                      {"verbosity", "0"},
                                                      {"seed", std::to_string(seed & 0x7FFFFFFFU)},
                                                      {"max_depth", std::to_string(choice.depth)},
                                                      {"eta", std::to_string(choice.rate)},
                                                      {"min_child_weight", std::to_string(choice.childWeight)},
                                                      {"subsample", "0.8"},
                                                      {"colsample_bytree", "0.5"}};
    for (const auto& [name, value] : settings) checked(XGBoosterSetParam(handle, name.c_str(), value.c_str()));
  }

  void grow(int round) { checked(XGBoosterUpdateOneIter(m_booster.get(), round, m_train.get())); }

  /// Probabilities by the first `rounds` trees.
  std::vector<float> predict(const Table& table, int rounds) const {
    const std::string options = R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": )" +
                                std::to_string(rounds) + R"(, "strict_shape": false})";
    const bst_ulong* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* values = nullptr;
    checked(XGBoosterPredictFromDMatrix(m_booster.get(), table.matrix.get(), options.c_str(), &shape, &dimensions,
                                        &values));
    return {values, values + table.scores.stays.size()};
  }

 private:
  std::shared_ptr<void> m_train, m_booster;
};

/// Grows trees until the validation AUROC has not risen for kPatience rounds; notes the best in `choice`. Nothing where
/// the validation stays are of one class.
std::optional<Booster> fit(const Table& train, const Table& validation, BoostingChoice& choice, std::uint64_t seed,
                           const std::stop_token& stop) {
  Booster booster(train, choice, seed);
  for (int round = 0; round < kMostRounds && round < choice.rounds + kPatience && !stop.stop_requested(); ++round) {
    booster.grow(round);
    const auto area = LabelScores(booster.predict(validation, round + 1), validation.scores.truth).auroc();
    if (!area) return std::nullopt;
    if (*area <= choice.validationAuroc) continue;
    choice.validationAuroc = *area;
    choice.rounds = round + 1;
  }
  return booster;
}

std::vector<BoostingChoice> grid() {
  std::vector<BoostingChoice> choices;
  for (const int depth : kDepths)
    for (const double rate : kRates)
      for (const double childWeight : kChildWeights) choices.push_back({depth, rate, childWeight, 0, 0});
  return choices;
}

Result<BoostingReport> run(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                           std::uint64_t seed, const ProgressSink& progress, const std::stop_token& stop) {
  auto train = read(cohort, config, "train", stop);
  if (!train) return failure(train.error());
  auto validation = read(cohort, config, "validation", stop);
  if (!validation) return failure(validation.error());
  BoostingReport report;
  report.features = train->features.size() / train->scores.stays.size();
  std::optional<Booster> best;
  for (BoostingChoice choice : grid()) {
    auto booster = fit(*train, *validation, choice, seed, stop);
    if (stop.stop_requested()) return failure("Boosting was stopped.");
    if (!booster)
      return failure("The validation split has stays of one class only.", "Use another split of the cohort.");
    if (!best || choice.validationAuroc > report.chosen.validationAuroc) {
      report.chosen = choice;
      best = std::move(booster);
    }
    report.tried.push_back(choice);
    if (progress)
      progress({static_cast<double>(report.tried.size()) / static_cast<double>(grid().size()), "boosting", -1});
  }
  auto target = read(cohort, config, split, stop);
  if (!target) return failure(target.error());
  report.validation = validation->scores;
  report.validation.probability = best->predict(*validation, report.chosen.rounds);
  report.target = target->scores;
  report.target.probability = best->predict(*target, report.chosen.rounds);
  return report;
}

}  // namespace

Result<BoostingReport> boostingBaseline(const SampleSource& cohort, const ModelConfig& config, const std::string& split,
                                        std::uint64_t seed, const ProgressSink& progress, const std::stop_token& stop) {
  if (config.task.kind != TaskKind::Binary) return failure("Boosting is offered for binary tasks only.");
  try {
    return run(cohort, config, split, seed, progress, stop);
  } catch (const BoostingFault& fault) {
    return failure("XGBoost could not be used.", "Check its installation (libxgboost-dev).", fault.detail);
  } catch (const std::bad_alloc&) {
    return failure("There is not enough memory for the boosting baseline.", "Use a smaller cohort.");
  }
}

}  // namespace fusemoe
