#include "torch/model/archive/zip_reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "torch/model/archive/printable.h"

namespace fusemoe {
namespace {

static_assert(std::endian::native == std::endian::little, "fields of a zip file are little-endian and read in place");

constexpr std::uint32_t kLocalHeader = 0x04034b50, kCentralHeader = 0x02014b50, kEnd = 0x06054b50;
constexpr std::uint32_t kLargeEnd = 0x06064b50, kLargeLocator = 0x07064b50;
constexpr std::uint64_t kLocalSize = 30, kCentralSize = 46, kEndSize = 22, kLargeEndSize = 56, kLocatorSize = 20;
constexpr std::uint64_t kMaxComment = 65535, kMaxDirectory = 32U << 20U;
constexpr std::uint32_t kInLargeField = 0xffffffff;
constexpr std::uint16_t kEncrypted = 1, kLargeFields = 1;

template <class T>
T field(std::string_view bytes, std::uint64_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

constexpr std::array<std::uint32_t, 256> crcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1U) ^ (value & 1U ? 0xedb88320U : 0U);
    table[i] = value;
  }
  return table;
}

std::uint32_t crc32(std::string_view bytes) {
  static constexpr auto kTable = crcTable();
  std::uint32_t value = ~0U;
  for (const char byte : bytes) value = (value >> 8U) ^ kTable[(value ^ static_cast<std::uint8_t>(byte)) & 0xffU];
  return ~value;
}

}  // namespace

tl::unexpected<Error> ZipReader::damaged(const std::string& why) const {
  return failure(m_path + " is not a usable PyTorch file: " + why + ".",
                 "It may be truncated or damaged; copy or download it again.");
}

Result<ZipReader> ZipReader::open(std::shared_ptr<const MappedFile> file, const std::string& path) {
  ZipReader reader(std::move(file), path);
  auto directory = reader.findDirectory();
  if (!directory) return failure(directory.error());
  if (auto read = reader.readDirectory(*directory); !read) return failure(read.error());
  if (auto apart = reader.checkOverlaps(); !apart) return failure(apart.error());
  return reader;
}

Result<ZipReader::Directory> ZipReader::findDirectory() const {
  const std::string_view all = bytes();
  std::uint64_t comment = 0;
  while (true) {
    if (comment > kMaxComment || all.size() < kEndSize + comment) return damaged("the directory at its end is missing");
    const std::uint64_t place = all.size() - kEndSize - comment;
    if (field<std::uint32_t>(all, place) == kEnd && field<std::uint16_t>(all, place + 20) == comment) break;
    ++comment;
  }
  const std::uint64_t end = all.size() - kEndSize - comment;
  if (end >= kLocatorSize && field<std::uint32_t>(all, end - kLocatorSize) == kLargeLocator)
    return findLargeDirectory(end - kLocatorSize);
  const Directory directory{field<std::uint32_t>(all, end + 16), field<std::uint32_t>(all, end + 12),
                            field<std::uint16_t>(all, end + 10)};
  if (directory.begin > end || directory.size != end - directory.begin)
    return damaged("its directory does not lie at its end");
  return directory;
}

/// Zip64: the locator that ends at `end`'s side of the file points to a record with the wide fields.
Result<ZipReader::Directory> ZipReader::findLargeDirectory(std::uint64_t locator) const {
  const std::string_view all = bytes();
  const auto place = field<std::uint64_t>(all, locator + 8);
  if (locator < kLargeEndSize || place > locator - kLargeEndSize || field<std::uint32_t>(all, place) != kLargeEnd)
    return damaged("its zip64 directory is missing");
  const Directory directory{field<std::uint64_t>(all, place + 48), field<std::uint64_t>(all, place + 40),
                            field<std::uint64_t>(all, place + 32)};
  if (directory.begin > place || directory.size != place - directory.begin)
    return damaged("its directory does not lie at its end");
  return directory;
}

Result<void> ZipReader::readDirectory(const Directory& directory) {
  if (directory.size > kMaxDirectory) return damaged("its directory is larger than 32 MiB");
  const std::string_view central = bytes().substr(directory.begin, directory.size);
  std::uint64_t place = 0;
  while (place < central.size()) {
    if (central.size() - place < kCentralSize || field<std::uint32_t>(central, place) != kCentralHeader)
      return damaged("an entry of its directory is broken");
    const std::uint64_t name = field<std::uint16_t>(central, place + 28);
    const std::uint64_t extra = field<std::uint16_t>(central, place + 30);
    const std::uint64_t comment = field<std::uint16_t>(central, place + 32);
    if (central.size() - place - kCentralSize < name + extra + comment)
      return damaged("an entry of its directory is broken");
    Entry entry;
    entry.flags = field<std::uint16_t>(central, place + 8);
    entry.method = field<std::uint16_t>(central, place + 10);
    entry.crc = field<std::uint32_t>(central, place + 16);
    entry.stored = field<std::uint32_t>(central, place + 20);
    entry.size = field<std::uint32_t>(central, place + 24);
    entry.offset = field<std::uint32_t>(central, place + 42);
    const std::string_view text = central.substr(place + kCentralSize, name);
    if (!readLargeFields(central.substr(place + kCentralSize + name, extra), entry))
      return damaged("the sizes of its record '" + printable(text) + "' are broken");
    if (auto found = findData(text, entry, directory.begin); !found) return failure(found.error());
    if (!m_entries.emplace(text, entry).second)
      return damaged("two of its records are called '" + printable(text) + "'");
    m_names.push_back(text);
    place += kCentralSize + name + extra + comment;
  }
  if (m_names.size() != directory.entries) return damaged("its directory has another length than it says");
  return {};
}

/// Sizes that do not fit 32 bits stand in an extra field, only those, in this order.
bool ZipReader::readLargeFields(std::string_view extra, Entry& entry) const {
  std::uint64_t* const wide[] = {&entry.size, &entry.stored, &entry.offset};
  const bool needed =
      std::any_of(std::begin(wide), std::end(wide), [](auto* value) { return *value == kInLargeField; });
  while (needed && extra.size() >= 4) {
    const auto id = field<std::uint16_t>(extra, 0);
    const auto size = field<std::uint16_t>(extra, 2);
    extra.remove_prefix(4);
    if (size > extra.size()) return false;
    if (id != kLargeFields) {
      extra.remove_prefix(size);
      continue;
    }
    std::uint64_t place = 0;
    for (std::uint64_t* value : wide) {
      if (*value != kInLargeField) continue;
      if (size - place < sizeof(std::uint64_t)) return false;
      *value = field<std::uint64_t>(extra, place);
      place += sizeof(std::uint64_t);
    }
    return true;
  }
  return !needed;
}

/// The record's own header says where its bytes begin; padding in it aligns them. Sizes there may be unset.
Result<void> ZipReader::findData(std::string_view name, Entry& entry, std::uint64_t end) const {
  const std::string_view all = bytes();
  const std::string record = "its record '" + printable(name) + "'";
  if (entry.offset > end || end - entry.offset < kLocalSize) return damaged(record + " lies outside the file");
  if (field<std::uint32_t>(all, entry.offset) != kLocalHeader) return damaged(record + " has no header");
  const std::uint64_t nameSize = field<std::uint16_t>(all, entry.offset + 26);
  const std::uint64_t skipped = nameSize + field<std::uint16_t>(all, entry.offset + 28);
  if (end - entry.offset - kLocalSize < skipped || all.substr(entry.offset + kLocalSize, nameSize) != name)
    return damaged(record + " has another name in its header");
  entry.data = entry.offset + kLocalSize + skipped;
  if (entry.stored > end - entry.data) return damaged(record + " lies outside the file");
  return {};
}

Result<void> ZipReader::checkOverlaps() const {
  std::vector<std::pair<std::string_view, const Entry*>> byPlace;
  byPlace.reserve(m_entries.size());
  for (const auto& [name, entry] : m_entries) byPlace.emplace_back(name, &entry);
  std::sort(byPlace.begin(), byPlace.end(),
            [](const auto& a, const auto& b) { return a.second->offset < b.second->offset; });
  for (std::size_t i = 1; i < byPlace.size(); ++i)
    if (byPlace[i - 1].second->data + byPlace[i - 1].second->stored > byPlace[i].second->offset)
      return damaged("its records '" + printable(byPlace[i - 1].first) + "' and '" + printable(byPlace[i].first) +
                     "' overlap");
  return {};
}

Result<std::string_view> ZipReader::record(const std::string& name) const {
  const auto found = m_entries.find(name);
  if (found == m_entries.end()) return damaged("its record '" + printable(name) + "' is missing");
  const Entry& entry = found->second;
  if (entry.flags & kEncrypted)
    return failure(m_path + " is encrypted.", "Decrypt it with the program that encrypted it.");
  if (entry.method != 0)
    return failure(m_path + " is compressed, and weights are read where they lie in the file.", rewriteHint(m_path));
  if (entry.stored != entry.size) return damaged("the sizes of its record '" + printable(name) + "' differ");
  return bytes().substr(entry.data, entry.size);
}

Result<std::string_view> ZipReader::checkedRecord(const std::string& name) const {
  auto bytes = record(name);
  if (bytes && crc32(*bytes) != m_entries.at(name).crc)
    return damaged("the checksum of its record '" + printable(name) + "' is wrong");
  return bytes;
}

}  // namespace fusemoe
