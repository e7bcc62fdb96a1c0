#include <algorithm>
#include <iterator>

#include "bench_context.h"
#include "command_adder.h"

namespace fusemoe::cli {
namespace {

struct Group {
  const char* name;
  Result<void> (*measure)(BenchContext&);
};

// In this order: opening is measured before a model is open.
constexpr Group kGroups[] = {{"open", benchOpen},      {"predict", benchPredict}, {"masks", benchMasks},
                             {"toggle", benchToggle},  {"batch", benchBatch},     {"stop", benchStop},
                             {"train", benchTrain},    {"cohort", benchCohort},   {"startup", benchStartup},
                             {"scaling", benchScaling}};

int bench(Console& console, const BenchArguments& arguments) {
  BenchContext context(console, arguments);
  if (auto prepared = context.prepare(); !prepared) return console.fail(prepared.error());
  double done = 0;
  for (const Group& group : kGroups) {
    const bool wanted = arguments.what == "all" || arguments.what == group.name;
    done += 1.0 / std::size(kGroups);
    if (!wanted || context.stop().stop_requested()) continue;
    context.begin(done - 1.0 / std::size(kGroups), group.name);
    const auto measured = group.measure(context);
    if (!measured && !context.stop().stop_requested()) return console.fail(measured.error());
  }
  const BenchReport report = context.finish();
  return console.answer(benchDocument(report), benchText(report));
}

}  // namespace

void addBenchCommand(CommandAdder& adder) {
  Console& console = adder.console();
  const auto asked = std::make_shared<BenchArguments>();
  auto* added = adder.command(adder.app(), "bench", "How fast it is here, beside what the machine cannot beat",
                              [&console, asked] { return bench(console, *asked); });
  std::vector<std::string> names{"all"};
  for (const Group& group : kGroups) names.emplace_back(group.name);
  added->add_option("WHAT", asked->what, "all, or one group of rows")->check(CLI::IsMember(names));
  added->add_option("--model", asked->model, "Model to measure; the bundled one if not given");
  added->add_option("--cohort", asked->cohort,
                    "Cohort its stays are from (.sqlite, or postgresql://…); stays are invented for a model without");
  added->add_option("--seconds", asked->seconds, "Each row is repeated for; 2 if not given")
      ->check(CLI::Range(0.01, 600.0));
  adder.engineOptions(added);
}

}  // namespace fusemoe::cli
