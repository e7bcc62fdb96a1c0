#pragma once

#include <string>

#include "api/model_config.h"

namespace fusemoe {

/// What the authors' fusion transformer is called where it joins all modalities; keys of its parameters begin with it.
inline constexpr const char* kFusionPrefix = "trans_self_cross_ts_txt.";
inline constexpr const char* kTokenTypeTable = "token_type_embeddings.weight";
inline constexpr const char* kGridKernel = "proj_ts.weight";  ///< [D, 2V, kernel width]

/// The authors' key (FUSEMOE.md §7) of a parameter of ours, by its name in parameterLayout(config); empty where they
/// have none. Two are stored in another shape: type.* as rows of kTokenTypeTable, the series' grid as kGridKernel.
std::string upstreamKey(const ModelConfig& config, const std::string& fusionPrefix, const std::string& parameter);

/// Row of a modality in the token-type table: ts 0, then text, cxr, ecg, of those used.
int tokenTypeRow(const ModelConfig& config, const std::string& modality);

}  // namespace fusemoe
