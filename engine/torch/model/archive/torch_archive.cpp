#include "torch/model/archive/torch_archive.h"

#include <string_view>

#include "torch/model/archive/archive_tensors.h"
#include "torch/model/archive/pickle_json.h"
#include "torch/model/archive/pickle_reader.h"
#include "torch/model/archive/printable.h"
#include "torch/model/archive/zip_reader.h"
#include "torch/model/model_file.h"

namespace fusemoe {
namespace {

constexpr std::string_view kZip = "PK\x03\x04", kTar = "ustar", kPickleName = "/data.pkl";
constexpr std::size_t kTarMark = 257, kJsonStart = 8;
constexpr std::size_t kMaxName = 1000;
constexpr const char* kChooseCheckpoint = "Choose a checkpoint that holds {'network': …, 'args': …}.";

std::string_view textOf(const MappedFile& file) {
  return {file.data(), file.size()};
}

bool isPickle(std::string_view bytes) {
  return bytes.size() > 1 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
}

/// The folder that all records of the archive lie in. Error: no data.pkl.
Result<std::string> rootOf(const ZipReader& zip, const std::string& path) {
  for (const std::string_view name : zip.names())
    if (name.size() <= kMaxName && name.ends_with(kPickleName))
      return std::string(name.substr(0, name.size() - kPickleName.size()));
  return failure(path + " is a zip file, but not one of torch.save: it has no data.pkl.",
                 "Choose a checkpoint (.pth.tar, .pt) or a .safetensors file.");
}

Result<void> checkKind(const ZipReader& zip, const std::string& root, const std::string& path) {
  if (zip.has(root + "/constants.pkl"))
    return failure(path + " holds a TorchScript program, not weights alone: a program is run, not read.",
                   "Open it as a program, if you trust who made it.");
  if (!zip.has(root + "/byteorder")) return {};
  auto order = zip.checkedRecord(root + "/byteorder");
  if (!order) return failure(order.error());
  if (*order == "little") return {};
  return failure(path + " was written on a big-endian machine, and weights are read where they lie in the file.",
                 rewriteHint(path));
}

/// Where the state dict is: under one of the usual keys, or the top itself.
Result<PickleRef> stateDictOf(const Pickle& pickle, const std::string& path) {
  PickleRef place = pickle.root;
  std::string module = "d";
  for (const char* key : {"network", "state_dict", "model_state_dict", "model"})
    if (const PickleRef* found = pickle.find(pickle.root, key)) {
      place = *found;
      module = "d['" + std::string(key) + "']";
      break;
    }
  if (pickle.entriesOf(place)) return place;
  const std::string held = pickle.nameOf(place);
  if (pickle.at(place).kind != PickleKind::Call)
    return failure(path + " holds a Python " + held + ", not a state dict.", kChooseCheckpoint);
  return failure(path + " holds a Python object made by " + held + ", not a state dict; nothing of it was run.",
                 rewriteHint(path, place == pickle.root ? "{'network': d.state_dict()}"
                                                        : "dict(d, network=" + module + ".state_dict())"));
}

Result<TensorMap> tensorsOf(const Pickle& pickle, PickleRef stateDict, ArchiveTensors& reader,
                            const std::string& path) {
  TensorMap tensors;
  const auto& entries = *pickle.entriesOf(stateDict);
  for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
    const PickleValue& key = pickle.at(entries[i]);
    if (key.kind != PickleKind::Text || key.text.size() > kMaxName) continue;
    const std::string name(key.text);
    auto tensor = reader.tensor(entries[i + 1], name);
    if (!tensor) return failure(tensor.error());
    if (*tensor) tensors.insert_or_assign(name, std::move(**tensor));
  }
  if (tensors.empty()) return failure(path + " holds no tensors.", kChooseCheckpoint);
  return tensors;
}

}  // namespace

bool isTorchFile(const MappedFile& file) {
  const std::string_view bytes = textOf(file);
  // The first bytes of a .safetensors file are a length, which may look like anything; its JSON tells it apart.
  if (bytes.size() > kJsonStart && bytes[kJsonStart] == '{') return false;
  return bytes.starts_with(kZip) || isPickle(bytes) ||
         (bytes.size() > kTarMark && bytes.substr(kTarMark).starts_with(kTar));
}

Result<SafeTensors> readTorchArchive(const std::shared_ptr<const MappedFile>& file, const std::string& path) {
  if (!textOf(*file).starts_with(kZip))
    return failure(path + " was saved in PyTorch's format before version 1.6, which is not read.", rewriteHint(path));
  auto zip = ZipReader::open(file, path);
  if (!zip) return failure(zip.error());
  auto root = rootOf(*zip, path);
  if (!root) return failure(root.error());
  if (auto kind = checkKind(*zip, *root, path); !kind) return failure(kind.error());
  auto bytes = zip->checkedRecord(*root + std::string(kPickleName));
  if (!bytes) return failure(bytes.error());
  auto pickle = readPickle(*bytes, "The pickle of " + path);
  if (!pickle) return failure(pickle.error());
  auto stateDict = stateDictOf(*pickle, path);
  if (!stateDict) return failure(stateDict.error());
  ArchiveTensors reader(*pickle, *zip, file, *root, path);
  auto tensors = tensorsOf(*pickle, *stateDict, reader, path);
  if (!tensors) return failure(tensors.error());
  SafeTensors content{{}, std::move(*tensors), file};
  if (const PickleRef* arguments = pickle->find(pickle->root, kUpstreamArgsKey)) {
    auto json = jsonOf(*pickle, *arguments, path + ": its training arguments (args)");
    if (!json) return failure(json.error());
    content.metadata[kUpstreamArgsKey] = std::move(*json);
  }
  return content;
}

Result<SafeTensors> readTorchArchive(const std::string& path) {
  auto file = MappedFile::open(path);
  if (!file) return failure(file.error());
  return readTorchArchive(*file, path);
}

}  // namespace fusemoe
