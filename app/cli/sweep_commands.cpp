#include <algorithm>
#include <bit>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "analysis/mask_sweep.h"
#include "analysis/routing_drift.h"
#include "base/atomic_file.h"
#include "change_option.h"
#include "cohort/cohort_store.h"
#include "command_adder.h"
#include "sweep_documents.h"

namespace fusemoe::cli {
namespace {

struct SweepArguments {
  std::string model, cohort, masks = "all", split = "test", out, change;
  std::size_t stays = 0;
  int resamples = 1000;
  bool resume = false;
};

std::vector<std::string> parts(const std::string& text, char separator) {
  std::vector<std::string> found;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    std::string part = text.substr(begin, end - begin);
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    found.push_back(std::move(part));
    begin = end + 1;
  }
  return found;
}

/// Masks as asked for; nothing masked comes first, and each once.
Result<std::vector<ModalityMask>> masksFrom(const ModelConfig& config, const std::string& text) {
  if (text == "all") return allMasks(config.modalityCount());
  if (text == "single") return singleMasks(config.modalityCount());
  std::vector<ModalityMask> masks{0};
  for (const std::string& part : parts(text, ';')) {
    if (part == "none") continue;
    auto mask = maskFromNames(config, parts(part, ','));
    if (!mask) return failure(mask.error());
    if (std::find(masks.begin(), masks.end(), *mask) == masks.end()) masks.push_back(*mask);
  }
  return masks;
}

std::string splitNamed(const std::string& split) {
  return split == "all" ? std::string() : split;
}

SweepHeader headerOf(const Model& model, const CohortInfo& cohort, const SweepArguments& arguments,
                     const Intervention& intervention, std::vector<ModalityMask> masks) {
  const ModelConfig& config = model.config();
  SweepHeader header{model.info().digest,
                     cohort.digest,
                     splitNamed(arguments.split),
                     describe(intervention),
                     arguments.stays,
                     config.layers,
                     {},
                     {},
                     config.task.labels,
                     std::move(masks)};
  for (const ModalityConfig& modality : config.modalities) header.modalities.push_back(modality.name);
  header.routers = config.router == Router::Joint ? std::vector<std::string>{"joint"} : header.modalities;
  return header;
}

/// A stay's line of the file: every mask beside the first, which masks nothing.
SweepRow rowOf(const RoutingShape& shape, const SweptStay& stay) {
  SweepRow row{stay.sample->stayId, {}};
  const MaskedRouting& full = stay.routings.front();
  for (const MaskedRouting& masked : stay.routings) {
    const RoutingDrift dense = driftOf(shape, full, masked), kept = driftOf(shape, full, masked, RoutingSpace::TopK);
    SweepState state{std::popcount(stay.recorded & masked.mask), masked.probability, dense.mean().jensenShannon, {}};
    for (std::size_t cell = 0; cell < dense.cells.size(); ++cell)
      state.cells.push_back({dense.cells[cell].jensenShannon, dense.cells[cell].kullbackLeibler, dense.cells[cell].l1,
                             kept.cells[cell].jensenShannon});
    row.states.push_back(std::move(state));
  }
  return row;
}

/// Modalities of the model that the cohort does not know.
std::vector<std::string> lackingIn(const CohortInfo& cohort, const ModelConfig& config) {
  std::vector<std::string> lacking;
  for (const ModalityConfig& modality : config.modalities)
    if (std::none_of(cohort.modalities.begin(), cohort.modalities.end(),
                     [&](const CohortModality& one) { return one.name == modality.name; }))
      lacking.push_back(modality.name);
  return lacking;
}

class SweepCommand {
 public:
  SweepCommand(Console& console, const SweepArguments& arguments)
      : m_console(console), m_arguments(arguments), m_part(arguments.out + ".part") {}

  int run() {
    if (auto prepared = prepare(); !prepared) return m_console.fail(prepared.error());
    if (auto swept = sweep(); !swept) return m_console.fail(swept.error());
    auto report = reportOf(*m_file, m_header, m_arguments.resamples);
    if (!report) return m_console.fail(report.error());
    if (auto placed = putInPlace(); !placed) return m_console.fail(placed.error());
    nlohmann::ordered_json document{{"out", m_arguments.out}};
    document.update(sweepDocument(m_header, *report));
    document["lacking"] = m_lacking;
    return m_console.answer(document, sweepText(m_header, *report) + "Written: " + m_arguments.out + "\n");
  }

 private:
  bool toCsv() const { return m_arguments.out.ends_with(".csv"); }

  Result<void> prepare() {
    if (!toCsv() && !m_arguments.out.ends_with(".sqlite"))
      return failure("A sweep is written as .sqlite or .csv, not " + m_arguments.out + ".", "Give --out such a name.");
    if (std::filesystem::is_directory(m_arguments.out))
      return failure(m_arguments.out + " is a folder.", "Give --out the name of a file.");
    auto store = CohortStore::open(m_arguments.cohort);
    if (!store) return failure(store.error());
    m_store = *store;
    auto model = m_console.open(m_arguments.model);
    if (!model) return failure(model.error());
    m_model = *model;
    auto masks = masksFrom(m_model->config(), m_arguments.masks);
    if (!masks) return failure(masks.error());
    auto intervention = interventionFrom(m_console, *m_model, *m_store, m_arguments.change);
    if (!intervention) return failure(intervention.error());
    m_intervention = std::move(*intervention);
    m_lacking = lackingIn(m_store->info(), m_model->config());
    if (m_lacking.size() == m_model->config().modalities.size())
      return failure("The cohort has none of the modalities of the model " + m_model->config().name + ".",
                     "Choose a cohort with the modalities the model was trained on.");
    for (const std::string& name : m_lacking)
      std::fprintf(stderr, "The cohort has no modality %s: it is absent in every stay.\n", name.c_str());
    m_header = headerOf(*m_model, m_store->info(), m_arguments, m_intervention, std::move(*masks));
    return openFile();
  }

  Result<void> openFile() {
    const auto count = m_store->count(m_header.split);
    if (!count) return failure(count.error());
    if (*count == 0)
      return failure("The cohort has no stay in split '" + m_arguments.split + "'.", "Choose another split.");
    const bool goOn = m_arguments.resume && std::filesystem::exists(m_part);
    auto file = goOn ? SweepFile::resume(m_part, m_header) : SweepFile::create(m_part, m_header);
    if (!file) return failure(file.error());
    m_file = std::move(*file);
    return {};
  }

  Result<void> sweep() {
    if (m_file->complete()) return {};
    const RoutingShape shape(m_model->config());
    SweepOptions options{m_header.split, m_file->lastStay(), m_header.most, m_intervention};
    Result<void> added;
    auto swept = sweepMasks(
        *m_model, *m_store, m_header.masks, options,
        [&](const SweptStay& stay) {
          added = m_file->add(rowOf(shape, stay));
          return added.has_value();
        },
        m_console.progress(), m_console.stop());
    if (!added) return added;
    if (swept) return m_file->finish();
    if (auto flushed = m_file->flush(); !flushed) return flushed;
    return failure(swept.error().what,
                   (swept.error().hint.empty() ? "" : swept.error().hint + " ") + std::to_string(m_file->stays()) +
                       " stays are in " + m_part + "; --resume goes on from there.",
                   swept.error().detail);
  }

  /// The finished file in its place: as it is, or as CSV.
  Result<void> putInPlace() {
    if (toCsv()) {
      if (auto written = m_file->writeCsv(m_arguments.out); !written) return written;
      m_file.reset();
      std::remove(m_part.c_str());
      return {};
    }
    m_file.reset();
    return commitFile(m_part, m_arguments.out);
  }

  Console& m_console;
  const SweepArguments& m_arguments;
  std::string m_part;
  CohortPtr m_store;
  ModelPtr m_model;
  Intervention m_intervention;
  std::vector<std::string> m_lacking;
  SweepHeader m_header;
  std::unique_ptr<SweepFile> m_file;
};

}  // namespace

void addSweepCommands(CommandAdder& adder) {
  Console& console = adder.console();
  const auto asked = std::make_shared<SweepArguments>();
  auto* added = adder.command(
      adder.app(), "sweep",
      "Many masks of many stays: prediction and routing of each, and how far they drift from nothing masked.\nUntil it "
      "is complete the result is FILE.part, where --resume goes on after Ctrl-C or a crash; a file that is in FILE's "
      "place stays until then.",
      [&console, asked] { return SweepCommand(console, *asked).run(); });
  added->add_option("--model", asked->model, "Model (.safetensors)")->required();
  added->add_option("--cohort", asked->cohort, "Cohort (.sqlite, or postgresql://…)")->required();
  added->add_option("--masks", asked->masks,
                    "all, single (one modality at a time), or a list: masks separated by ';', each of names separated "
                    "by ',', as in \"lipids;lipids,body\". Nothing masked (none) is always the first");
  added->add_option("--split", asked->split, "train, validation, test or all");
  added
      ->add_option("--out", asked->out,
                   "File to write: .sqlite (its tables are described in engine/cohort/sweep_file.h) "
                   "or .csv, a line a stay, mask, layer and router")
      ->required();
  added->add_option("--stays", asked->stays, "Stays at most, evenly spread; 0 = all of the split");
  added->add_option("--change", asked->change, kChangeHelp);
  added->add_option("--resamples", asked->resamples, "Bootstrap resamples of the summary")
      ->check(CLI::Range(100, 100000));
  added->add_flag("--resume", asked->resume, "Go on with FILE.part of the same model, cohort, masks and split");
  adder.engineOptions(added);
}

}  // namespace fusemoe::cli
