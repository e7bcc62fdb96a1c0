#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "torch/model/mapped_file.h"
#include "torch/model/safetensors.h"

namespace fusemoe {

/// Is this a file of Python's torch.save, of any age, or one that pretends to be? By its first bytes.
bool isTorchFile(const MappedFile& file);

/// Reads what the authors' code saved with torch.save (PyTorch 1.6 and later: a zip file), FUSEMOE.md §7, in place: the
/// tensors of `network` (or `state_dict`, `model_state_dict`, `model`, or those at the top) under the names they are
/// stored with, as views into the mapping that keep it alive; weights are not read. `metadata["args"]` is the
/// argparse.Namespace under `args` as JSON, where there is one. The pickle in it is read as data and never run.
/// Errors name the file, and the tensor where one is at fault: files before PyTorch 1.6, encrypted or compressed ones,
/// of a big-endian machine, TorchScript programs, whole Python objects, quantised or sparse tensors, damage.
Result<SafeTensors> readTorchArchive(const std::shared_ptr<const MappedFile>& file, const std::string& path);
Result<SafeTensors> readTorchArchive(const std::string& path);

}  // namespace fusemoe
