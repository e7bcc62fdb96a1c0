#pragma once

#include <string>

#include "api/engine.h"
#include "console.h"

namespace fusemoe::cli {

inline constexpr const char* kChangeHelp =
    "What is changed about the model, as in \"knock-out 2:7; swap *:1:4; top-k 1; gate gaussian; missing zeros\"";

/// What --change asks for, checked against the model; nothing for "". Where the training mean is to stand for what is
/// missing, it is taken from the cohort's split "train". Errors name the part of the text.
Result<Intervention> interventionFrom(Console& console, const Model& model, const SampleSource& cohort,
                                      const std::string& change);

}  // namespace fusemoe::cli
