#pragma once

#include <nlohmann/json.hpp>

#include "api/training.h"

namespace fusemoe {

/// Reads and validates the `training` object of a config file; fields left out keep their defaults. Errors name the
/// field.
Result<TrainConfig> trainConfigFromJson(const nlohmann::json& object);

/// An epoch as the programs print it and checkpoints keep it, without what it says of a watched stay. Numbers that are
/// not finite become null.
nlohmann::ordered_json toObject(const EpochReport& epoch);
/// The inverse; null reads as NaN. Throws nlohmann::json::exception where a field is missing or of another type.
EpochReport epochFrom(const nlohmann::json& object);

}  // namespace fusemoe
