#include "torch/model/safetensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "api/json_reader.h"
#include "base/atomic_file.h"

namespace fusemoe {
namespace {

using nlohmann::json;
static_assert(std::endian::native == std::endian::little, "safetensors data is little-endian and read in place");

constexpr std::uint64_t kMaxHeader = 100'000'000;
constexpr std::size_t kAlignment = 64;

struct Span {
  std::uint64_t begin, end;
  std::string name;
};

const std::map<std::string, at::ScalarType> kTypes{
    {"F64", at::kDouble}, {"F32", at::kFloat}, {"F16", at::kHalf}, {"BF16", at::kBFloat16}, {"I64", at::kLong},
    {"I32", at::kInt},    {"I16", at::kShort}, {"I8", at::kChar},  {"U8", at::kByte},       {"BOOL", at::kBool}};

std::optional<at::ScalarType> scalarType(const std::string& dtype) {
  const auto found = kTypes.find(dtype);
  if (found == kTypes.end()) return std::nullopt;
  return found->second;
}

std::string typeName(at::ScalarType type) {
  return std::find_if(kTypes.begin(), kTypes.end(), [type](const auto& named) { return named.second == type; })->first;
}

tl::unexpected<Error> broken(const std::string& path, const std::string& why) {
  return failure(path + " is not a usable .safetensors file: " + why + ".",
                 "It may be truncated or damaged; copy or download it again.");
}

/// Elements of a shape times the element size, or nothing where it overflows or a dimension is negative.
std::optional<std::uint64_t> byteCount(const std::vector<std::int64_t>& shape, std::uint64_t elementSize) {
  std::uint64_t bytes = elementSize;
  for (const std::int64_t dimension : shape) {
    if (dimension < 0) return std::nullopt;
    if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(dimension), &bytes)) return std::nullopt;
  }
  return bytes;
}

/// One entry of the header: `{"dtype": …, "shape": […], "data_offsets": [begin, end]}`.
Result<Span> readEntry(const std::string& path, const std::string& name, const json& entry,
                       const std::shared_ptr<const MappedFile>& file, std::uint64_t dataStart, TensorMap& tensors) {
  std::string dtype;
  std::vector<std::int64_t> shape;
  std::vector<std::uint64_t> offsets;
  try {
    dtype = entry.at("dtype").get<std::string>();
    shape = entry.at("shape").get<std::vector<std::int64_t>>();
    for (const json& offset : entry.at("data_offsets")) {
      if (!offset.is_number_unsigned())
        return broken(path, "tensor '" + name + "' has offsets that are not whole numbers");
      offsets.push_back(offset.get<std::uint64_t>());
    }
  } catch (const json::exception&) {
    return broken(path, "tensor '" + name + "' has an incomplete header entry");
  }
  const auto type = scalarType(dtype);
  if (!type) return broken(path, "tensor '" + name + "' has the unknown type " + dtype.substr(0, 20));
  if (offsets.size() != 2 || shape.size() > 8 || offsets[0] > offsets[1] || offsets[1] > file->size() - dataStart)
    return broken(path, "tensor '" + name + "' lies outside the file");
  const auto bytes = byteCount(shape, at::elementSize(*type));
  if (!bytes || *bytes != offsets[1] - offsets[0])
    return broken(path, "tensor '" + name + "' has a shape that does not match its size");
  char* address = const_cast<char*>(file->data()) + dataStart + offsets[0];
  at::Tensor tensor = at::from_blob(
      address, shape, [file](void*) {}, at::TensorOptions(*type));
  // Elements at an odd address cannot be read in place on every processor.
  if (reinterpret_cast<std::uintptr_t>(address) % at::elementSize(*type)) {
    tensor = at::empty(shape, at::TensorOptions(*type));
    std::memcpy(tensor.data_ptr(), address, *bytes);
  }
  tensors.emplace(name, tensor);
  return Span{offsets[0], offsets[1], name};
}

}  // namespace

Result<SafeTensors> readSafeTensors(const std::string& path) {
  auto file = MappedFile::open(path);
  if (!file) return failure(file.error());
  const MappedFile& bytes = **file;
  std::uint64_t headerSize = 0;
  if (bytes.size() < sizeof headerSize) return broken(path, "it is too short");
  std::memcpy(&headerSize, bytes.data(), sizeof headerSize);
  if (headerSize > kMaxHeader || headerSize > bytes.size() - sizeof headerSize)
    return broken(path, "its header claims more bytes than the file has");
  const std::uint64_t dataStart = sizeof headerSize + headerSize;
  auto header = parseJson({bytes.data() + sizeof headerSize, headerSize}, "The header of " + path);
  if (!header) return failure(header.error());
  if (!header->is_object()) return broken(path, "its header is not an object");

  SafeTensors content;
  content.file = *file;
  std::vector<Span> spans;
  for (const auto& [name, entry] : header->items()) {
    if (name == "__metadata__") {
      if (!entry.is_object()) return broken(path, "its metadata is not an object");
      for (const auto& [key, value] : entry.items()) {
        if (!value.is_string()) return broken(path, "its metadata '" + key + "' is not a text");
        content.metadata[key] = value.get<std::string>();
      }
      continue;
    }
    auto span = readEntry(path, name, entry, *file, dataStart, content.tensors);
    if (!span) return failure(span.error());
    spans.push_back(*span);
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < spans.size(); ++i)
    if (spans[i].begin < spans[i - 1].end && spans[i].end > spans[i].begin)
      return broken(path, "tensors '" + spans[i - 1].name + "' and '" + spans[i].name + "' overlap");
  return content;
}

Result<void> writeSafeTensors(const std::string& path, const std::map<std::string, std::string>& metadata,
                              const std::vector<TensorEntry>& entries,
                              const std::function<Result<at::Tensor>(const TensorEntry&)>& tensorOf) {
  nlohmann::json header;
  header["__metadata__"] = metadata;
  std::uint64_t offset = 0;
  for (const TensorEntry& entry : entries) {
    const std::uint64_t size = byteCount(entry.shape, at::elementSize(entry.type)).value();
    header[entry.name] = {
        {"dtype", typeName(entry.type)}, {"shape", entry.shape}, {"data_offsets", {offset, offset + size}}};
    offset += size;
  }
  std::string text = header.dump();
  while ((text.size() + sizeof(std::uint64_t)) % kAlignment) text += ' ';
  return writeFileAtomically(path, [&](std::ostream& out) -> Result<void> {
    const std::uint64_t size = text.size();
    out.write(reinterpret_cast<const char*>(&size), sizeof size);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    for (const TensorEntry& entry : entries) {
      const auto tensor = tensorOf(entry);
      if (!tensor) return failure(tensor.error());
      const at::Tensor stored = tensor->detach().to(at::kCPU, entry.type).contiguous();
      out.write(static_cast<const char*>(stored.data_ptr()), static_cast<std::streamsize>(stored.nbytes()));
      if (!out) return failure("Cannot write " + path + ".", "Check that the disk has room and may be written to.");
    }
    return {};
  });
}

Result<void> writeSafeTensors(const std::string& path, const SafeTensors& content) {
  std::vector<TensorEntry> entries;
  for (const auto& [name, tensor] : content.tensors) entries.push_back({name, tensor.sizes().vec(), at::kFloat});
  return writeSafeTensors(path, content.metadata, entries, [&](const TensorEntry& entry) -> Result<at::Tensor> {
    return content.tensors.at(entry.name);
  });
}

}  // namespace fusemoe
