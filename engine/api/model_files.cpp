#include "api/model_files.h"

namespace fusemoe {

std::string_view nameOf(WeightType type) {
  switch (type) {
    case WeightType::F32:
      return "f32";
    case WeightType::BF16:
      return "bf16";
    case WeightType::F16:
      return "f16";
  }
  return "";
}

Result<WeightType> weightTypeFromName(std::string_view name) {
  for (const WeightType type : {WeightType::F32, WeightType::BF16, WeightType::F16})
    if (nameOf(type) == name) return type;
  return failure("Weights cannot be stored as '" + std::string(name.substr(0, 20)) + "'.", "Choose f32, bf16 or f16.");
}

}  // namespace fusemoe
