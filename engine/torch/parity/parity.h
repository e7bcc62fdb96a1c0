#pragma once

#include <string>

#include "api/engine.h"

namespace fusemoe {

/// Runs one reference case of the authors' code (model, input, expected; each a .safetensors) and compares every stage:
/// encoders, router logits and gates, MoE input and output, hidden states, head logits, probability.
Result<ParityReport> runParity(const std::string& model, const std::string& input, const std::string& expected);

}  // namespace fusemoe
