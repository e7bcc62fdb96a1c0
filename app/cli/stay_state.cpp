#include "stay_state.h"

namespace fusemoe::cli {

void stayOptions(CLI::App* added, StayOptions& options) {
  added->add_option("--cohort", options.cohort, "Cohort (.sqlite, or postgresql://…)")->required();
  added->add_option("--stay", options.stay, "Stay id")->required();
  added->add_option("--mask", options.mask, "Modalities to mask, separated by commas")->delimiter(',');
}

Result<StayState> openState(Console& console, const std::string& model, const StayOptions& options) {
  auto store = CohortStore::open(options.cohort);
  if (!store) return failure(store.error());
  auto sample = (*store)->read(options.stay);
  if (!sample) return failure(sample.error());
  auto opened = console.open(model);
  if (!opened) return failure(opened.error());
  std::vector<std::string> names = options.mask;
  std::erase(names, std::string());  // --mask "" masks nothing
  auto mask = maskFromNames((*opened)->config(), names);
  if (!mask) return failure(mask.error());
  return StayState{*store, *sample, *opened, *mask};
}

}  // namespace fusemoe::cli
