#include <memory>

#include "analysis_inputs.h"
#include "cohort_analysis_documents.h"
#include "command_adder.h"
#include "document_parts.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

/// What the answer is about, before the answer itself.
struct Subject {
  ordered_json document;
  std::string text;
};

Subject subjectOf(const AnalysisArguments& arguments, const AnalysisInputs& inputs) {
  Subject subject{{{"model_digest", inputs.model->info().digest}, {"split", arguments.split}}, {}};
  subject.text = inputs.config().name + ", split " + arguments.split;
  if (!arguments.slice.empty()) {
    subject.document["slice"] = arguments.slice;
    subject.text += ", slice \"" + arguments.slice + "\"";
  }
  if (inputs.mask != 0) {
    subject.document["mask"] = modalitiesIn(inputs.config(), inputs.mask);
    subject.text += ", masked:";
    for (const std::string& name : modalitiesIn(inputs.config(), inputs.mask)) subject.text += " " + name;
  }
  return subject;
}

void nameOutput(Subject& subject, const AnalysisInputs& inputs) {
  subject.document["output"] = labelAt(inputs.config(), inputs.output);
  subject.text += ", output " + labelAt(inputs.config(), inputs.output);
}

int answer(Console& console, Subject subject, const ordered_json& document, const std::string& text) {
  subject.document.update(document);
  subject.document["research_use"] = kResearchOnly;
  return console.answer(subject.document, subject.text + "\n" + text);
}

/// Of one patient beside a cohort.
struct PatientArguments : AnalysisArguments {
  PatientArguments() { split = "train"; }
  std::int64_t stay = 0;
  std::string modality;
  int donors = DonorOptions{}.donors;
};

int support(Console& console, const PatientArguments& arguments) {
  auto inputs = openInputs(console, arguments);
  if (!inputs) return console.fail(inputs.error());
  auto sample = inputs->store->read(arguments.stay);
  if (!sample) return console.fail(sample.error());
  auto routings = inputs->model->predictMasks({&*sample, 1}, {&inputs->mask, 1}, {}, console.stop());
  if (!routings) return console.fail(routings.error());
  const MaskedRouting& routing = routings->front().front();
  SupportOptions options;
  options.split = inputs->split;
  options.mask = inputs->mask;
  options.present = routing.present;
  options.most = arguments.most;
  auto reference = SupportReference::make(*inputs->model, *inputs->source, options, console.progress(), console.stop());
  if (!reference) return console.fail(reference.error());
  const SupportReport report = (*reference)->report(routing, arguments.stay);
  Subject subject = subjectOf(arguments, *inputs);
  subject.document["stay"] = arguments.stay;
  subject.document["shown"] = modalitiesIn(inputs->config(), routing.present);
  subject.document["neighbours"] = options.neighbours;
  subject.document["alarm_percentile"] = options.alarmPercentile;
  subject.text += ", stay " + std::to_string(arguments.stay);
  return answer(console, std::move(subject), supportDocument(inputs->config(), report),
                supportText(inputs->config(), report));
}

int donors(Console& console, const PatientArguments& arguments) {
  auto inputs = openInputs(console, arguments);
  if (!inputs) return console.fail(inputs.error());
  auto modality = modalityNamed(inputs->config(), arguments.modality);
  if (!modality) return console.fail(modality.error());
  auto sample = inputs->store->read(arguments.stay);
  if (!sample) return console.fail(sample.error());
  const DonorOptions options{inputs->split, *modality, inputs->mask, inputs->output, arguments.donors};
  auto report = donorPredictions(*inputs->model, *inputs->source, *sample, options, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  Subject subject = subjectOf(arguments, *inputs);
  nameOutput(subject, *inputs);
  subject.document["stay"] = arguments.stay;
  subject.text += ", stay " + std::to_string(arguments.stay);
  return answer(console, std::move(subject), donorsDocument(inputs->config(), *report),
                donorsText(inputs->config(), *report));
}

struct MissingnessArguments : AnalysisArguments {
  MissingnessArguments() { most = MissingnessOptions{}.most; }
  std::string modality;
};

int missingness(Console& console, const MissingnessArguments& arguments) {
  auto inputs = openInputs(console, arguments);
  if (!inputs) return console.fail(inputs.error());
  auto modality = modalityNamed(inputs->config(), arguments.modality);
  if (!modality) return console.fail(modality.error());
  MissingnessOptions options;
  options.split = inputs->split;
  options.modality = *modality;
  options.output = inputs->output;
  options.most = arguments.most;
  auto report = naturalAgainstForced(*inputs->model, *inputs->source, options, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  Subject subject = subjectOf(arguments, *inputs);
  nameOutput(subject, *inputs);
  return answer(console, std::move(subject), missingnessDocument(inputs->config(), *report),
                missingnessText(inputs->config(), *report));
}

int collapse(Console& console, const AnalysisArguments& arguments) {
  auto inputs = openInputs(console, arguments);
  if (!inputs) return console.fail(inputs.error());
  CollapseOptions options;
  options.split = inputs->split;
  options.output = inputs->output;
  options.most = arguments.most;
  auto report = collapseReport(*inputs->model, *inputs->source, options, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  Subject subject = subjectOf(arguments, *inputs);
  nameOutput(subject, *inputs);
  return answer(console, std::move(subject), collapseDocument(inputs->config(), *report),
                collapseText(inputs->config(), *report));
}

int experts(Console& console, const AnalysisArguments& arguments) {
  auto inputs = openInputs(console, arguments);
  if (!inputs) return console.fail(inputs.error());
  RankingOptions options;
  options.split = inputs->split;
  options.output = inputs->output;
  options.mask = inputs->mask;
  options.most = arguments.most;
  auto ranking = rankExperts(*inputs->model, *inputs->source, options, console.progress(), console.stop());
  if (!ranking) return console.fail(ranking.error());
  Subject subject = subjectOf(arguments, *inputs);
  nameOutput(subject, *inputs);
  return answer(console, std::move(subject), rankingDocument(*ranking), rankingText(*ranking));
}

struct MatchArguments : AnalysisArguments {
  MatchArguments() { most = MatchingOptions{}.most; }
  std::vector<std::string> models;
  MatchingOptions options;
};

int match(Console& console, MatchArguments& arguments) {
  arguments.model = arguments.models[0];
  auto inputs = openInputs(console, arguments);
  if (!inputs) return console.fail(inputs.error());
  auto other = console.open(arguments.models[1]);
  if (!other) return console.fail(other.error());
  MatchingOptions options = arguments.options;
  options.split = inputs->split;
  options.most = arguments.most;
  auto report = matchExperts(*inputs->model, **other, *inputs->source, options, console.progress(), console.stop());
  if (!report) return console.fail(report.error());
  Subject subject = subjectOf(arguments, *inputs);
  subject.document["models"] = arguments.models;
  subject.document["other_digest"] = (*other)->info().digest;
  subject.document["shuffles"] = options.shuffles;
  subject.document["seed"] = options.seed;
  subject.text = arguments.models[0] + " and " + arguments.models[1] + ", split " + arguments.split;
  return answer(console, std::move(subject), matchingDocument(*report), matchingText(*report));
}

void addPatientCommands(CommandAdder& adder) {
  Console& console = adder.console();
  const auto supported = std::make_shared<PatientArguments>();
  supported->most = SupportOptions{}.most;
  auto* added = adder.command(adder.app(), "support", "How far a patient's routing lies from that of a cohort",
                              [&console, supported] { return support(console, *supported); });
  addModelOption(added, *supported);
  addCohortOptions(added, *supported);
  addMostOption(added, *supported);
  addMaskOption(added, *supported);
  added->add_option("--stay", supported->stay, "Stay id")->required();
  adder.engineOptions(added);

  const auto given = std::make_shared<PatientArguments>();
  added = adder.command(adder.app(), "donors", "What the model would say of a patient with a modality of others",
                        [&console, given] { return donors(console, *given); });
  addModelOption(added, *given);
  addCohortOptions(added, *given);
  addOutputOption(added, *given);
  addMaskOption(added, *given);
  added->add_option("--stay", given->stay, "Stay id of the patient")->required();
  added->add_option("--modality", given->modality, "Modality that is taken from donors")->required();
  added->add_option("--donors", given->donors, "How many, the nearest first")->check(CLI::Range(1, 10000));
  adder.engineOptions(added);
}

void addSliceCommands(CommandAdder& adder) {
  Console& console = adder.console();
  const auto missing = std::make_shared<MissingnessArguments>();
  auto* added =
      adder.command(adder.app(), "missingness", "Stays that lack a modality against like stays in which it is masked",
                    [&console, missing] { return missingness(console, *missing); });
  addModelOption(added, *missing);
  addCohortOptions(added, *missing);
  addMostOption(added, *missing);
  addOutputOption(added, *missing);
  added->add_option("--modality", missing->modality, "The modality")->required();
  adder.engineOptions(added);

  const auto collapsed = std::make_shared<AnalysisArguments>();
  collapsed->most = CollapseOptions{}.most;
  added = adder.command(adder.app(), "collapse", "Does one modality decide alone, and are experts used?",
                        [&console, collapsed] { return collapse(console, *collapsed); });
  addModelOption(added, *collapsed);
  addCohortOptions(added, *collapsed);
  addMostOption(added, *collapsed);
  addOutputOption(added, *collapsed);
  adder.engineOptions(added);

  const auto ranked = std::make_shared<AnalysisArguments>();
  ranked->most = RankingOptions{}.most;
  added = adder.command(adder.app(), "experts", "What happens to predictions when each expert is knocked out",
                        [&console, ranked] { return experts(console, *ranked); });
  addModelOption(added, *ranked);
  addCohortOptions(added, *ranked);
  addMostOption(added, *ranked);
  addOutputOption(added, *ranked);
  addMaskOption(added, *ranked);
  adder.engineOptions(added);

  const auto matched = std::make_shared<MatchArguments>();
  added = adder.command(adder.app(), "match", "Does an expert's number mean the same in another model?",
                        [&console, matched] { return match(console, *matched); });
  added->add_option("--model", matched->models, "Two models (.safetensors), separated by a comma")
      ->required()
      ->delimiter(',')
      ->expected(2);
  addCohortOptions(added, *matched);
  addMostOption(added, *matched);
  added->add_option("--shuffles", matched->options.shuffles, "Times the stays are shuffled for the chance level")
      ->check(CLI::Range(1, 10000));
  added->add_option("--seed", matched->options.seed, "Seed of the shuffles");
  adder.engineOptions(added);
}

}  // namespace

void addCohortAnalysisCommands(CommandAdder& adder) {
  addPatientCommands(adder);
  addSliceCommands(adder);
}

}  // namespace fusemoe::cli
