#pragma once

#include "torch/model/model_file.h"

namespace fusemoe {

/// Reads a model of the authors' key layout (FUSEMOE.md §7; `__metadata__.args` = their training arguments as JSON) as
/// one of ours: same numbers under our names, nothing copied. Router weights that the authors' code never saves (fault
/// 1) are routed with zeros and said in ModelInfo::notes.
Result<LoadedModel> readUpstream(SafeTensors content);

/// The authors' training arguments of a config, as JSON. Error: what their code cannot compute, by field.
Result<std::string> upstreamArguments(const ModelConfig& config);

}  // namespace fusemoe
