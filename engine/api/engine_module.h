#pragma once

#include "api/engine.h"

namespace fusemoe {

/// The one symbol the engine module exports, and the file it is in.
inline constexpr const char* kEngineModuleFile = "libfusemoe_torch.so";
inline constexpr const char* kCreateEngineSymbol = "fusemoeCreateEngine";
using CreateEngine = Result<Engine*> (*)(Device device, int threads);

}  // namespace fusemoe
