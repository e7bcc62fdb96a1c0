#include "torch/model/archive/archive_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>

#include "torch/model/archive/printable.h"

namespace fusemoe {
namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 48;
constexpr std::size_t kMaxDimensions = 8, kMaxKey = 100;
constexpr int kMaxWraps = 4;

struct StorageType {
  const char* name;
  at::ScalarType type;
};
constexpr StorageType kStorageTypes[] = {{"FloatStorage", at::kFloat}, {"DoubleStorage", at::kDouble},
                                         {"HalfStorage", at::kHalf},   {"BFloat16Storage", at::kBFloat16},
                                         {"LongStorage", at::kLong},   {"IntStorage", at::kInt},
                                         {"ShortStorage", at::kShort}, {"CharStorage", at::kChar},
                                         {"ByteStorage", at::kByte},   {"BoolStorage", at::kBool}};

/// Functions of torch._utils that make tensors we do not read, and what those are.
struct Exotic {
  const char* name;
  const char* kind;
};
constexpr Exotic kExotic[] = {{"_rebuild_qtensor", "quantised"},
                              {"_rebuild_sparse_tensor", "sparse"},
                              {"_rebuild_sparse_csr_tensor", "sparse"},
                              {"_rebuild_nested_tensor", "nested"},
                              {"_rebuild_meta_tensor_no_storage", "without data"},
                              {"_rebuild_wrapper_subclass", "of a class of its own"},
                              {"_rebuild_device_tensor_from_numpy", "of another device"},
                              {"_rebuild_device_tensor_from_cpu_tensor", "of another device"},
                              {"_rebuild_xla_tensor", "of another device"},
                              {"_rebuild_tensor_v3", "of a type that this program does not read"}};

/// Lies the tensor in its storage? Its last element's place, or nothing where it overflows.
std::optional<std::int64_t> lastElement(std::int64_t first, const std::vector<std::int64_t>& shape,
                                        const std::vector<std::int64_t>& strides) {
  std::int64_t last = first;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    std::int64_t step = 0;
    if (__builtin_mul_overflow(shape[i] - 1, strides[i], &step) || __builtin_add_overflow(last, step, &last))
      return std::nullopt;
  }
  return last;
}

/// Elements of a shape, as if every empty dimension had one; nothing beyond 2^48.
std::optional<std::int64_t> extent(const std::vector<std::int64_t>& shape) {
  std::int64_t elements = 1;
  for (const std::int64_t dimension : shape)
    if (__builtin_mul_overflow(elements, std::max<std::int64_t>(dimension, 1), &elements) || elements > kLargest)
      return std::nullopt;
  return elements;
}

}  // namespace

ArchiveTensors::ArchiveTensors(const Pickle& pickle, const ZipReader& zip, std::shared_ptr<const MappedFile> file,
                               std::string root, std::string path)
    : m_pickle(pickle), m_zip(zip), m_file(std::move(file)), m_root(std::move(root)), m_path(std::move(path)) {}

tl::unexpected<Error> ArchiveTensors::damaged(const std::string& name, const std::string& why) const {
  return failure(m_path + " is not a usable PyTorch file: tensor '" + printable(name) + "' " + why + ".",
                 "It may be truncated or damaged; copy or download it again.");
}

tl::unexpected<Error> ArchiveTensors::exotic(const std::string& name, const std::string& kind) const {
  return failure(m_path + ": tensor '" + printable(name) + "' is " + kind + ".",
                 rewriteHint(m_path,
                             "dict(d, network={k: (v.dequantize() if v.is_quantized else v.to_dense() if v.layout != "
                             "torch.strided else v.float()) for k, v in d['network'].items()})"));
}

ArchiveTensors::Recipe ArchiveTensors::unwrapped(PickleRef value) const {
  for (int wraps = 0; wraps < kMaxWraps && m_pickle.at(value).kind == PickleKind::Call; ++wraps) {
    const auto& arguments = m_pickle.argumentsOf(m_pickle.at(value));
    const bool parameter = m_pickle.isCall(value, "torch._utils", "_rebuild_parameter") ||
                           m_pickle.isCall(value, "torch._utils", "_rebuild_parameter_with_state");
    if (parameter && !arguments.empty()) {
      value = arguments[0];
    } else if (m_pickle.isCall(value, "torch._tensor", "_rebuild_from_type_v2") && arguments.size() > 2) {
      const PickleValue& inner = m_pickle.at(arguments[2]);
      return {arguments[0], inner.kind == PickleKind::Tuple ? &inner.items : nullptr};
    } else {
      return {m_pickle.at(value).callable, &arguments};
    }
  }
  return {};
}

Result<std::optional<at::Tensor>> ArchiveTensors::tensor(PickleRef value, const std::string& name) {
  const Recipe recipe = unwrapped(value);
  if (!recipe.arguments) return std::optional<at::Tensor>();
  for (const Exotic& one : kExotic)
    if (m_pickle.isGlobal(recipe.function, "torch._utils", one.name)) return exotic(name, one.kind);
  if (!m_pickle.isGlobal(recipe.function, "torch._utils", "_rebuild_tensor_v2") &&
      !m_pickle.isGlobal(recipe.function, "torch._utils", "_rebuild_tensor"))
    return std::optional<at::Tensor>();
  auto built = build(*recipe.arguments, name);
  if (!built) return failure(built.error());
  return std::optional<at::Tensor>(std::move(*built));
}

/// Arguments as torch._utils._rebuild_tensor_v2 has them: storage, offset, shape, strides, and what is not needed.
Result<at::Tensor> ArchiveTensors::build(const std::vector<PickleRef>& arguments, const std::string& name) {
  if (arguments.size() < 4) return damaged(name, "is described incompletely");
  auto held = storage(arguments[0], name);
  if (!held) return failure(held.error());
  const PickleValue& offset = m_pickle.at(arguments[1]);
  const auto shape = sizes(arguments[2]), strides = sizes(arguments[3]);
  if (offset.kind != PickleKind::Integer || offset.integer < 0 || offset.integer > kLargest || !shape || !strides ||
      shape->size() != strides->size() || !extent(*shape))
    return damaged(name, "has a shape that cannot be");
  const at::TensorOptions options(held->type);
  if (std::count(shape->begin(), shape->end(), 0)) return at::empty(*shape, options);
  const auto last = lastElement(offset.integer, *shape, *strides);
  if (!last || *last >= held->elements) return damaged(name, "lies outside its storage");
  const auto elementSize = static_cast<std::int64_t>(at::elementSize(held->type));
  char* address = const_cast<char*>(held->data) + offset.integer * elementSize;
  const at::Tensor view = at::from_blob(
      address, *shape, *strides, [owner = held->owner](void*) {}, options);
  if (view.is_contiguous()) return view;
  if (auto allowed = mayCopy(static_cast<std::uint64_t>(view.numel() * elementSize)); !allowed)
    return failure(allowed.error());
  return view.contiguous();
}

/// A storage is known by its persistent id: ('storage', torch.FloatStorage, key, device, elements).
Result<ArchiveTensors::Storage> ArchiveTensors::storage(PickleRef value, const std::string& name) {
  const PickleValue& persistent = m_pickle.at(value);
  const PickleValue& id = m_pickle.at(persistent.arguments);
  if (persistent.kind != PickleKind::Persistent || id.kind != PickleKind::Tuple || id.items.size() < 5)
    return damaged(name, "has no storage");
  const PickleValue& key = m_pickle.at(id.items[2]);
  const PickleValue& elements = m_pickle.at(id.items[4]);
  if (m_pickle.at(id.items[0]).text != "storage" || key.kind != PickleKind::Text || key.text.size() > kMaxKey ||
      elements.kind != PickleKind::Integer || elements.integer < 0 || elements.integer > kLargest)
    return damaged(name, "has no storage");
  Storage held;
  held.elements = elements.integer;
  const auto* type = std::find_if(std::begin(kStorageTypes), std::end(kStorageTypes), [&](const StorageType& one) {
    return m_pickle.isGlobal(id.items[1], "torch", one.name);
  });
  if (type == std::end(kStorageTypes)) return exotic(name, "stored as " + m_pickle.nameOf(id.items[1]));
  held.type = type->type;
  const std::string record = m_root + "/data/" + std::string(key.text);
  const auto bytes = m_zip.record(record);
  if (!bytes) return failure(bytes.error());
  const std::size_t elementSize = at::elementSize(held.type);
  if (bytes->size() / elementSize < static_cast<std::uint64_t>(held.elements))
    return damaged(name, "is longer than its record");
  auto data = aligned(record, elementSize);
  if (!data) return failure(data.error());
  held.data = data->get();
  held.owner = std::move(*data);
  return held;
}

Result<std::shared_ptr<const char>> ArchiveTensors::aligned(const std::string& record, std::size_t elementSize) {
  const std::string_view bytes = *m_zip.record(record);
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % elementSize == 0)
    return std::shared_ptr<const char>(m_file, bytes.data());
  auto& copy = m_copies[record];
  if (copy) return copy;
  if (auto allowed = mayCopy(bytes.size()); !allowed) return failure(allowed.error());
  std::shared_ptr<char[]> made(new char[bytes.size()]);
  std::memcpy(made.get(), bytes.data(), bytes.size());
  copy = std::shared_ptr<const char>(made, made.get());
  return copy;
}

std::optional<std::vector<std::int64_t>> ArchiveTensors::sizes(PickleRef value) const {
  if (m_pickle.isCall(value, "torch", "Size") && !m_pickle.argumentsOf(m_pickle.at(value)).empty())
    value = m_pickle.argumentsOf(m_pickle.at(value))[0];
  const PickleValue& list = m_pickle.at(value);
  if (list.kind != PickleKind::Tuple && list.kind != PickleKind::List) return std::nullopt;
  if (list.items.size() > kMaxDimensions) return std::nullopt;
  std::vector<std::int64_t> read;
  for (const PickleRef item : list.items) {
    const PickleValue& size = m_pickle.at(item);
    if (size.kind != PickleKind::Integer || size.integer < 0 || size.integer > kLargest) return std::nullopt;
    read.push_back(size.integer);
  }
  return read;
}

Result<void> ArchiveTensors::mayCopy(std::uint64_t bytes) {
  if (__builtin_add_overflow(m_copied, bytes, &m_copied) || m_copied > m_file->size())
    return failure(m_path + " is not a usable PyTorch file: its tensors claim more than the file holds.",
                   "It may be damaged; copy or download it again.");
  return {};
}

}  // namespace fusemoe
