#include "change_option.h"

namespace fusemoe::cli {

Result<Intervention> interventionFrom(Console& console, const Model& model, const SampleSource& cohort,
                                      const std::string& change) {
  if (change.empty()) return Intervention{};
  auto intervention = interventionFromText(change);
  if (!intervention) return intervention;
  if (auto valid = validate(*intervention, model.config()); !valid) return failure(valid.error());
  if (intervention->missing == MissingSubstitute::TrainingMean) {
    auto means = model.encodingMeans(cohort, "train", console.progress(), console.stop());
    if (!means) return failure(means.error());
    intervention->means = *means;
  }
  return intervention;
}

}  // namespace fusemoe::cli
