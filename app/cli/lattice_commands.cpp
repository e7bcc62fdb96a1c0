#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "analysis/invariance.h"
#include "analysis/mask_lattice.h"
#include "analysis_inputs.h"
#include "change_option.h"
#include "cohort/cohort_store.h"
#include "command_adder.h"
#include "lattice_documents.h"

namespace fusemoe::cli {
namespace {

struct LatticeArguments {
  std::string model, cohort, output, space = "probability", change;
  std::int64_t stay = 0;
  int permutations = LatticeRequest{}.permutations;
  std::uint64_t seed = LatticeRequest{}.seed;
};

struct InvarianceArguments {
  std::string model, cohort;
  std::optional<std::int64_t> stay;
  std::size_t stays = 8;
};

int lattice(Console& console, const LatticeArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  LatticeRequest request;
  auto sample = (*store)->read(arguments.stay);
  if (!sample) return console.fail(sample.error());
  auto model = console.open(arguments.model);
  if (!model) return console.fail(model.error());
  auto output = outputNamed((*model)->config(), arguments.output);
  if (!output) return console.fail(output.error());
  auto intervention = interventionFrom(console, **model, **store, arguments.change);
  if (!intervention) return console.fail(intervention.error());
  request.sample = *sample;
  request.output = *output;
  request.space = arguments.space == "log-odds" ? ValueSpace::LogOdds : ValueSpace::Probability;
  request.intervention = std::move(*intervention);
  request.permutations = arguments.permutations;
  request.seed = arguments.seed;
  auto answer = maskLattice(**model, request, console.stop());
  if (!answer) return console.fail(answer.error());
  return console.answer(latticeDocument((*model)->config(), request, *answer),
                        latticeText((*model)->config(), request, *answer));
}

/// The stay asked for, and the cohort's first ones beside it.
Result<std::vector<SamplePtr>> samplesFor(const InvarianceArguments& arguments, const CohortStore& store) {
  std::vector<SamplePtr> samples;
  if (arguments.stay) {
    auto sample = store.read(*arguments.stay);
    if (!sample) return failure(sample.error());
    samples.push_back(*sample);
  }
  auto visited = store.visit("", [&](const SamplePtr& sample) {
    if (samples.size() < arguments.stays && !(arguments.stay && *arguments.stay == sample->stayId))
      samples.push_back(sample);
    return samples.size() < arguments.stays;
  });
  if (!visited) return failure(visited.error());
  return samples;
}

int checkInvariance(Console& console, const InvarianceArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  auto samples = samplesFor(arguments, **store);
  if (!samples) return console.fail(samples.error());
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  auto model = console.open(arguments.model);
  if (!model) return console.fail(model.error());
  auto report = fusemoe::checkInvariance(**engine, **model, *samples, {}, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  const int status = console.answer(invarianceDocument(*report), invarianceText(*report));
  if (report->pass) return status;
  const auto row = std::find_if(report->rows.begin(), report->rows.end(), [](const auto& one) { return !one.pass; });
  char difference[40];
  std::snprintf(difference, sizeof difference, "%.3e", row->maxDifference);
  return console.fail({"The same states give other numbers: " + row->name + ", largest difference " + difference + ".",
                       "See the rows.",
                       {}});
}

}  // namespace

void addLatticeCommands(CommandAdder& adder) {
  Console& console = adder.console();
  const auto asked = std::make_shared<LatticeArguments>();
  auto* added = adder.command(adder.app(), "lattice", "Every mask of one stay, and what each modality brings",
                              [&console, asked] { return lattice(console, *asked); });
  added->add_option("--model", asked->model, "Model (.safetensors)")->required();
  added->add_option("--cohort", asked->cohort, "Cohort (.sqlite, or postgresql://…)")->required();
  added->add_option("--stay", asked->stay, "Stay id")->required();
  added->add_option("--output", asked->output, "Label whose probability is shared out; the first if not given");
  added->add_option("--space", asked->space, "What is shared out: probability or log-odds")
      ->check(CLI::IsMember({"probability", "log-odds"}));
  added->add_option("--change", asked->change, kChangeHelp);
  added
      ->add_option("--permutations", asked->permutations,
                   "Orders sampled where a stay has more than " + std::to_string(kExactModalities) + " modalities")
      ->check(CLI::Range(2, 100000));
  added->add_option("--seed", asked->seed, "Seed of the orders");
  adder.engineOptions(added);

  CLI::App* checks = adder.app().add_subcommand("check", "Checks of a model");
  checks->require_subcommand(1);
  const auto checked = std::make_shared<InvarianceArguments>();
  auto* invariance = adder.command(
      *checks, "invariance", "Is a prediction the same alone, in any batch, repeated, and with any number of threads?",
      [&console, checked] { return checkInvariance(console, *checked); });
  invariance->add_option("--model", checked->model, "Model (.safetensors)")->required();
  invariance->add_option("--cohort", checked->cohort, "Cohort (.sqlite, or postgresql://…)")->required();
  invariance->add_option("--stay", checked->stay, "A stay that must be among those checked");
  invariance->add_option("--stays", checked->stays, "Stays to check: the cohort's first")->check(CLI::Range(1, 10000));
  adder.engineOptions(invariance);
}

}  // namespace fusemoe::cli
