#include <filesystem>
#include <memory>

#include "command_adder.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

struct ConvertArguments {
  std::string from, to, type = "f32";
};

ordered_json documentOf(const ConvertArguments& arguments, const ModelInfo& info, std::uintmax_t before,
                        std::uintmax_t after) {
  return {
      {"from", arguments.from},        {"to", arguments.to},      {"dtype", arguments.type}, {"weights", info.weights},
      {"parameters", info.parameters}, {"tensors", info.tensors}, {"bytes_before", before},  {"bytes_after", after},
      {"digest", info.digest},         {"card", info.card}};
}

int convert(Console& console, const ConvertArguments& arguments) {
  const auto type = weightTypeFromName(arguments.type);
  if (!type) return console.fail(type.error());
  std::error_code ignored;  // a file that is not there is said below
  const auto before = std::filesystem::file_size(arguments.from, ignored);
  auto engine = console.engine();
  if (!engine) return console.fail(engine.error());
  const auto written = (*engine)->convert({arguments.from, arguments.to, *type}, console.progress(), console.stop());
  if (!written) return console.fail(written.error());
  const auto model = (*engine)->open(arguments.to);
  if (!model) return console.fail(model.error());
  const ModelInfo& info = (*model)->info();
  const auto after = std::filesystem::file_size(arguments.to, ignored);
  return console.answer(documentOf(arguments, info, before, after),
                        arguments.to + ": " + std::to_string(info.parameters) + " parameters as " + info.weights +
                            ", " + std::to_string(after) + " bytes (" + arguments.from + ": " + std::to_string(before) +
                            ")\n");
}

}  // namespace

void addConvertCommand(CommandAdder& adder) {
  const auto arguments = std::make_shared<ConvertArguments>();
  auto* added = adder.command(adder.app(), "convert", "Write a model anew in our format, its weights in another type",
                              [&adder, arguments] { return convert(adder.console(), *arguments); });
  added->add_option("IN", arguments->from, "Model (.safetensors, or the authors' .pth.tar)")->required();
  added->add_option("OUT", arguments->to, "Model to write (.safetensors); may be IN")->required();
  added
      ->add_option("--dtype", arguments->type,
                   "How matrices of experts are stored, nearly all of a large model; all else stays f32")
      ->check(CLI::IsMember({"f32", "bf16", "f16"}));
  adder.engineOptions(added);
}

}  // namespace fusemoe::cli
