#include "api/intervention.h"

namespace fusemoe {

Result<void> validate(const Intervention&, const ModelConfig&) {
  return {};
}
std::string describe(const Intervention& intervention) {
  return intervention.empty() ? std::string() : "changed";
}
Result<Intervention> interventionFromText(std::string_view) {
  return failure("Not built yet.");
}
std::string_view nameOf(MissingSubstitute) {
  return {};
}
std::string_view nameOf(ExpertChange::Kind) {
  return {};
}

}  // namespace fusemoe
