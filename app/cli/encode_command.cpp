#include <cstdio>
#include <memory>

#include "cohort/encode_cohort.h"
#include "command_adder.h"

namespace fusemoe::cli {
namespace {

struct EncodeArguments {
  std::string cohort, modality, encoder, out;
};

nlohmann::ordered_json encodeDocument(const EncodeArguments& arguments, const EncoderDescription& description,
                                      const EncodeReport& report, const std::vector<std::string>& notes) {
  return {{"output", report.output},
          {"modality", arguments.modality},
          {"encoder", {{"name", description.name}, {"file", arguments.encoder}, {"input", nameOf(description.input)}}},
          {"width", report.width},
          {"stays", report.stays},
          {"vectors", report.vectors},
          {"stays_before", report.staysBefore},
          {"stays_after", report.staysAfter},
          {"stays_gained", report.gained},
          {"stays_lost", report.lost},
          {"documents_of_another_kind", report.skipped},
          {"notes", notes}};
}

std::string encodeText(const EncodeArguments& arguments, const EncodeReport& report) {
  std::string text = report.output + ": " + std::to_string(report.vectors) + " vectors of width " +
                     std::to_string(report.width) + " of '" + arguments.modality + "', in " +
                     std::to_string(report.staysAfter) + " of " + std::to_string(report.stays) + " stays\n";
  if (report.lost > 0)
    text += std::to_string(report.lost) + " stays do not have the modality any more: there was nothing to encode\n";
  if (report.gained > 0) text += std::to_string(report.gained) + " stays did not have the modality before\n";
  if (report.skipped > 0) text += std::to_string(report.skipped) + " documents of another kind were left alone\n";
  return text;
}

int encode(Console& console, const EncodeArguments& arguments) {
  auto store = CohortStore::open(arguments.cohort);
  if (!store) return console.fail(store.error());
  const auto description = describeEncoder(arguments.encoder);
  if (!description) return console.fail(description.error());
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  auto encoder = (*engine)->openEncoder(arguments.encoder, console.opening);
  if (!encoder) return console.fail(encoder.error());
  std::vector<std::string> notes;
  if (description->modality != arguments.modality)
    notes.push_back("The encoder was made for '" + description->modality + "', not for '" + arguments.modality + "'.");
  for (const std::string& note : notes) std::fprintf(stderr, "%s\n", note.c_str());
  auto report = encodeCohort(**store, arguments.out, arguments.modality, *description, **encoder, console.progress(),
                             console.stop());
  if (!report) return console.fail(report.error());
  return console.answer(encodeDocument(arguments, *description, *report, notes), encodeText(arguments, *report));
}

}  // namespace

void addEncodeCommands(CommandAdder& adder) {
  Console& console = adder.console();
  const auto asked = std::make_shared<EncodeArguments>();
  auto* added = adder.command(adder.app(), "encode",
                              "Turn a modality's images, waveforms or vectors into vectors by a TorchScript encoder",
                              [&console, asked] { return encode(console, *asked); });
  added->add_option("--cohort", asked->cohort, "Cohort (.sqlite, or postgresql://…)")->required();
  added->add_option("--modality", asked->modality, "Modality whose vectors are written anew")->required();
  added->add_option("--encoder", asked->encoder, "TorchScript encoder (.pt)")->required();
  added->add_option("--out", asked->out, "Cohort to write (.sqlite, or postgresql://…)")->required();
  adder.engineOptions(added);
}

}  // namespace fusemoe::cli
