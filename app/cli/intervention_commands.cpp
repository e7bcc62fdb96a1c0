#include <bit>
#include <memory>

#include "change_option.h"
#include "command_adder.h"
#include "intervention_documents.h"

namespace fusemoe::cli {
namespace {

struct InterveneArguments {
  std::string model, change;
  StayOptions stay;
};

struct GatesArguments {
  std::vector<std::string> models;
  StayOptions stay;
};

Result<MaskedRouting> routingOf(Console& console, const StayState& state, const Intervention& change) {
  auto all = state.model->predictMasks({&state.sample, 1}, {&state.mask, 1}, change, console.stop());
  if (!all) return failure(all.error());
  return std::move(all->front().front());
}

int intervene(Console& console, const InterveneArguments& arguments) {
  const auto state = openState(console, arguments.model, arguments.stay);
  if (!state) return console.fail(state.error());
  auto change = interventionFrom(console, *state->model, *state->cohort, arguments.change);
  if (!change) return console.fail(change.error());
  if (change->empty())
    return console.fail({"There is no change to compare with.", "Name one, as in --change \"knock-out 2:7\".", {}});
  auto before = routingOf(console, *state, {});
  if (!before) return console.fail(before.error());
  auto after = routingOf(console, *state, *change);
  if (!after) return console.fail(after.error());
  const Comparison comparison{*change, *before, *after};
  return console.answer(interveneDocument(*state, comparison), interveneText(*state, comparison));
}

/// What the model becomes with one substitute. Where the cohort has no mean to take, that says why.
Result<Mechanism> mechanismOf(Console& console, const StayState& state, MissingSubstitute substitute) {
  const MissingMechanism trained = state.model->config().missing;
  Mechanism mechanism{substitute, false, {}, {}, {}};
  mechanism.trained =
      substitute == MissingSubstitute::AsTrained ||
      substitute == (trained == MissingMechanism::Learned ? MissingSubstitute::Learned : MissingSubstitute::Zeros);
  Intervention change;
  change.missing = substitute;
  auto compiled = interventionFrom(console, *state.model, *state.cohort, describe(change));
  auto routing = compiled ? routingOf(console, state, *compiled) : failure(compiled.error());
  if (console.stop().stop_requested()) return failure("The command was stopped.");
  if (compiled) mechanism.means = compiled->means;
  if (routing)
    mechanism.routing = std::move(*routing);
  else if (substitute == MissingSubstitute::TrainingMean)
    mechanism.unavailable = routing.error().line();
  else
    return failure(routing.error());
  return mechanism;
}

int mechanism(Console& console, const InterveneArguments& arguments) {
  const auto state = openState(console, arguments.model, arguments.stay);
  if (!state) return console.fail(state.error());
  const ModelConfig& config = state->model->config();
  std::vector<MissingSubstitute> substitutes{MissingSubstitute::AsTrained, MissingSubstitute::Zeros,
                                             MissingSubstitute::TrainingMean};
  if (config.missing == MissingMechanism::Learned)
    substitutes.insert(substitutes.begin() + 1, MissingSubstitute::Learned);
  std::vector<Mechanism> all;
  for (const MissingSubstitute substitute : substitutes) {
    auto made = mechanismOf(console, *state, substitute);
    if (!made) return console.fail(made.error());
    all.push_back(std::move(*made));
    if (std::popcount(all.front().routing->present) == config.modalityCount())
      return console.fail({"Stay " + std::to_string(arguments.stay.stay) +
                               " has every modality of the model and none is masked, so nothing stands for one.",
                           "Mask one, as in --mask " + config.modalities.front().name + ".",
                           {}});
  }
  return console.answer(mechanismDocument(*state, all), mechanismText(*state, all));
}

int gates(Console& console, const GatesArguments& arguments) {
  std::vector<GatedModel> models;
  for (const std::string& path : arguments.models) {
    const auto state = openState(console, path, arguments.stay);
    if (!state) return console.fail(state.error());
    GatedModel model{path, *state, {}};
    for (const Gate gate : {Gate::Softmax, Gate::Laplace, Gate::Gaussian}) {
      Intervention change;
      if (gate != state->model->config().gate) change.gate = gate;
      auto routing = routingOf(console, *state, change);
      if (!routing) return console.fail(routing.error());
      model.rows.push_back({gate, std::move(*routing)});
    }
    models.push_back(std::move(model));
  }
  return console.answer(gatesDocument(models), gatesText(models));
}

}  // namespace

void addInterventionCommands(CommandAdder& adder) {
  Console& console = adder.console();
  const auto changed = std::make_shared<InterveneArguments>();
  auto* added = adder.command(adder.app(), "intervene", "One stay before and after a change of the model",
                              [&console, changed] { return intervene(console, *changed); });
  added->add_option("--model", changed->model, "Model (.safetensors)")->required();
  stayOptions(added, changed->stay);
  added->add_option("--change", changed->change, kChangeHelp)->required();
  adder.engineOptions(added);

  const auto inspected = std::make_shared<InterveneArguments>();
  added = adder.command(adder.app(), "mechanism", "What stands for a missing modality, and what each choice gives",
                        [&console, inspected] { return mechanism(console, *inspected); });
  added->add_option("--model", inspected->model, "Model (.safetensors)")->required();
  stayOptions(added, inspected->stay);
  adder.engineOptions(added);

  const auto compared = std::make_shared<GatesArguments>();
  added = adder.command(adder.app(), "gates", "One stay under every gate; models side by side",
                        [&console, compared] { return gates(console, *compared); });
  added->add_option("--model", compared->models, "Model (.safetensors); several, separated by commas")
      ->delimiter(',')
      ->required();
  stayOptions(added, compared->stay);
  adder.engineOptions(added);
}

}  // namespace fusemoe::cli
