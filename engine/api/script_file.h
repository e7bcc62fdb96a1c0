#pragma once

#include <string>

#include "base/result.h"

namespace fusemoe {

// A TorchScript file (torch.jit.save) seen as what it is on disk, a zip archive: nothing of it is run here, and its
// pickles are not read. PLUGINS.md in engine/torch/script says what such a file holds.

/// True for a zip archive with TorchScript's parts: NAME/constants.pkl and sources below NAME/code/. False for all
/// other files, and for one that cannot be read. Reads the names alone.
bool isScriptFile(const std::string& path);

/// What a maker put beside the program under this name (`_extra_files`). Errors: there is none, or more than 16 MiB; a
/// damaged archive.
Result<std::string> readScriptExtra(const std::string& path, const std::string& name);

/// Reads every part to its end. Errors: a part is cut off or not what its checksum says; the parts unpack to far more
/// than the file has bytes.
Result<void> checkScriptFile(const std::string& path);

}  // namespace fusemoe
