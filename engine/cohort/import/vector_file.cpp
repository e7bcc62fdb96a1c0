#include "cohort/import/vector_file.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>

#include "base/archive_reader.h"
#include "cohort/import/array_layout.h"
#include "cohort/import/scratch_path.h"

namespace fusemoe {

static_assert(std::endian::native == std::endian::little, "arrays are little-endian and read as they lie");

namespace {

constexpr std::size_t kBlockBytes = 1 << 16;
constexpr std::int64_t kMaxIntegers = 100'000'000;
constexpr std::size_t kMaxArrays = 100'000;

float fromHalf(std::uint16_t bits) {
  const float sign = bits & 0x8000U ? -1.0F : 1.0F;
  const int exponent = bits >> 10 & 0x1f;
  const auto fraction = static_cast<float>(bits & 0x3ffU);
  if (exponent == 31) return fraction == 0 ? sign * INFINITY : std::numeric_limits<float>::quiet_NaN();
  return exponent == 0 ? sign * std::ldexp(fraction, -24) : sign * std::ldexp(1024 + fraction, exponent - 25);
}

template <class Number>
Number numberAt(const char* bytes) {
  Number value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

float floatAt(const char* bytes, ElementType type) {
  switch (type) {
    case ElementType::Float16:
      return fromHalf(numberAt<std::uint16_t>(bytes));
    case ElementType::BFloat16:
      return std::bit_cast<float>(static_cast<std::uint32_t>(numberAt<std::uint16_t>(bytes)) << 16);
    case ElementType::Float32:
      return numberAt<float>(bytes);
    case ElementType::Float64:
      return static_cast<float>(numberAt<double>(bytes));
    case ElementType::Int32:
      return static_cast<float>(numberAt<std::int32_t>(bytes));
    case ElementType::Int64:
      return static_cast<float>(numberAt<std::int64_t>(bytes));
  }
  return 0;
}

tl::unexpected<Error> unusable(const std::string& path, const std::string& reason) {
  return failure(path + " cannot be used: " + reason + ".", "Save the vectors again.");
}

/// The next bytes of the member, a block full unless it ends.
Result<void> readBlock(ArchiveReader& archive, std::string& block) {
  block.resize(kBlockBytes);
  std::size_t filled = 0;
  while (filled < block.size()) {
    const Result<std::size_t> count = archive.read(std::span(block).subspan(filled));
    if (!count) return failure(count.error());
    if (*count == 0) break;
    filled += *count;
  }
  block.resize(filled);
  return {};
}

/// A file that has no name any more and vanishes when closed.
Result<std::fstream> namelessFile(const std::string& beside) {
  const std::string path = scratchPath(beside);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary | std::ios::trunc);
  if (!file) return failure("Cannot write " + path + ".", "Check that the folder exists and has space.");
  std::remove(path.c_str());
  return file;
}

}  // namespace

struct VectorFile::State {
  Result<void> openAny(const std::string& from, const std::string& scratchBeside, const std::stop_token& stop);
  Result<void> openNpy();
  Result<void> openSafetensors();
  Result<void> openNpz(const std::string& scratchBeside, const std::stop_token& stop);
  Result<void> unpack(ArchiveReader& archive, std::int64_t& end, const std::stop_token& stop);
  Result<void> readAt(std::int64_t offset, std::size_t count);

  std::string path;
  bool headersAlone = false;  ///< a .npz is not unpacked
  std::int64_t fileBytes = 0;
  std::fstream file;
  std::vector<ArrayLayout> layouts;
  std::vector<VectorArray> arrays;
  std::vector<char> bytes;  ///< of the row last read
};

VectorFile::VectorFile(std::unique_ptr<State> state) : m_state(std::move(state)) {}
VectorFile::VectorFile(VectorFile&&) noexcept = default;
VectorFile& VectorFile::operator=(VectorFile&&) noexcept = default;
VectorFile::~VectorFile() = default;

Result<VectorFile> VectorFile::open(const std::string& path, const std::string& scratchBeside,
                                    const std::stop_token& stop) {
  auto state = std::make_unique<State>();
  if (auto opened = state->openAny(path, scratchBeside, stop); !opened) return failure(opened.error());
  return VectorFile(std::move(state));
}

Result<std::vector<VectorArray>> VectorFile::list(const std::string& path, const std::stop_token& stop) {
  State state;
  state.headersAlone = true;
  if (auto opened = state.openAny(path, {}, stop); !opened) return failure(opened.error());
  return std::move(state.arrays);
}

Result<void> VectorFile::State::openAny(const std::string& from, const std::string& scratchBeside,
                                        const std::stop_token& stop) {
  path = from;
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code))
    return failure("There is no file " + path + ".", "Check the path.", code ? code.message() : "");
  fileBytes = static_cast<std::int64_t>(std::filesystem::file_size(path, code));
  file.open(path, std::ios::in | std::ios::binary);
  if (!file) return failure("Cannot open " + path + ".", "Check that you may read it.");
  Result<void> opened = path.ends_with(".npy")           ? openNpy()
                        : path.ends_with(".safetensors") ? openSafetensors()
                        : path.ends_with(".npz")         ? openNpz(scratchBeside, stop)
                                                 : unusable(path, "its name ends in none of .npy, .npz, .safetensors");
  if (!opened) return opened;
  if (layouts.empty()) return unusable(path, "it has no array of numbers");
  for (const ArrayLayout& layout : layouts)
    arrays.push_back({layout.name, layout.rows, layout.width,
                      layout.type == ElementType::Int32 || layout.type == ElementType::Int64});
  return {};
}

Result<void> VectorFile::State::openNpy() {
  std::string start(static_cast<std::size_t>(std::min<std::int64_t>(fileBytes, kMaxArrayHeader + 12)), '\0');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(file.gcount()));
  const auto layout = parseNpyHeader(start);
  if (!layout) return unusable(path, layout.error());
  if (layout->bytes() != fileBytes - layout->offset) return unusable(path, "its size is not what its header says");
  layouts.push_back(*layout);
  return {};
}

Result<void> VectorFile::State::openSafetensors() {
  char length[8] = {};
  file.read(length, sizeof length);
  const auto headerBytes = numberAt<std::uint64_t>(length);
  if (!file || headerBytes > kMaxArrayHeader || static_cast<std::int64_t>(headerBytes) > fileBytes - 8)
    return unusable(path, "it does not begin as a .safetensors file does");
  std::string header(headerBytes, '\0');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  if (!file) return unusable(path, "it is cut off");
  auto parsed = parseSafetensorsHeader(header, fileBytes);
  if (!parsed) return unusable(path, parsed.error());
  layouts = std::move(*parsed);
  return {};
}

Result<void> VectorFile::State::openNpz(const std::string& scratchBeside, const std::stop_token& stop) {
  Result<ArchiveReader> archive = ArchiveReader::open(path);
  if (!archive) return failure(archive.error());
  if (!headersAlone) {
    Result<std::fstream> scratch = namelessFile(scratchBeside);
    if (!scratch) return failure(scratch.error());
    file = std::move(*scratch);
  }
  std::int64_t end = 0;
  while (true) {
    const Result<bool> more = archive->next();
    if (!more) return failure(more.error());
    if (!*more) break;
    const ArchiveEntry& entry = archive->entry();
    if (!entry.regular || !entry.name.ends_with(".npy")) continue;
    if (layouts.size() == kMaxArrays) return unusable(path, "it has too many arrays");
    if (auto unpacked = unpack(*archive, end, stop); !unpacked) return unpacked;
  }
  fileBytes = end;
  return {};
}

/// Copies the member's data behind what the scratch file has; never more than its own header announces.
Result<void> VectorFile::State::unpack(ArchiveReader& archive, std::int64_t& end, const std::stop_token& stop) {
  const std::string name = archive.entry().name.substr(0, archive.entry().name.size() - 4);
  std::string block;
  if (auto read = readBlock(archive, block); !read) return read;
  auto layout = parseNpyHeader(block);
  if (!layout) return unusable(path, "in its array '" + name.substr(0, 80) + "', " + layout.error());
  std::int64_t left = layout->bytes() + layout->offset;
  layout->name = name;
  layout->offset += end;
  if (headersAlone) {
    layouts.push_back(*layout);
    return {};
  }
  while (!block.empty()) {
    if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
    left -= static_cast<std::int64_t>(block.size());
    if (left < 0) break;
    file.write(block.data(), static_cast<std::streamsize>(block.size()));
    end += static_cast<std::int64_t>(block.size());
    if (!file) return failure("There is no space left to unpack " + path + ".", "Free some space on the disk.");
    if (auto read = readBlock(archive, block); !read) return read;
  }
  if (left != 0) return unusable(path, "its array '" + name.substr(0, 80) + "' is not as long as its header says");
  layouts.push_back(*layout);
  return {};
}

Result<void> VectorFile::State::readAt(std::int64_t offset, std::size_t count) {
  bytes.resize(count);
  file.clear();
  file.seekg(offset);
  file.read(bytes.data(), static_cast<std::streamsize>(count));
  if (!file) return failure("Reading " + path + " failed.", "Check that it is still there and whole.");
  return {};
}

const std::vector<VectorArray>& VectorFile::arrays() const {
  return m_state->arrays;
}

std::optional<std::size_t> VectorFile::arrayNamed(std::string_view name) const {
  const auto found = std::ranges::find(m_state->arrays, name, &VectorArray::name);
  if (found == m_state->arrays.end()) return std::nullopt;
  return static_cast<std::size_t>(found - m_state->arrays.begin());
}

Result<void> VectorFile::readRow(std::size_t array, std::int64_t row, std::vector<float>& values) {
  const ArrayLayout& layout = m_state->layouts.at(array);
  assert(row >= 0 && row < layout.rows);
  const std::int64_t size = bytesOf(layout.type), rowBytes = layout.width * size;
  if (auto read = m_state->readAt(layout.offset + row * rowBytes, static_cast<std::size_t>(rowBytes)); !read)
    return read;
  values.resize(static_cast<std::size_t>(layout.width));
  for (std::int64_t i = 0; i < layout.width; ++i)
    values[static_cast<std::size_t>(i)] = floatAt(m_state->bytes.data() + i * size, layout.type);
  return {};
}

Result<std::vector<std::int64_t>> VectorFile::readIntegers(std::size_t array) {
  const ArrayLayout& layout = m_state->layouts.at(array);
  if (!m_state->arrays[array].isInteger || layout.width != 1 || layout.rows > kMaxIntegers)
    return unusable(m_state->path, "its array '" + layout.name.substr(0, 80) + "' is no list of whole numbers");
  if (auto read = m_state->readAt(layout.offset, static_cast<std::size_t>(layout.bytes())); !read)
    return failure(read.error());
  std::vector<std::int64_t> numbers;
  const std::int64_t size = bytesOf(layout.type);
  for (std::int64_t row = 0; row < layout.rows; ++row) {
    const char* at = m_state->bytes.data() + row * size;
    numbers.push_back(layout.type == ElementType::Int32 ? numberAt<std::int32_t>(at) : numberAt<std::int64_t>(at));
  }
  return numbers;
}

}  // namespace fusemoe
