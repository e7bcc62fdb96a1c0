#include "cohort/import/array_layout.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/json_reader.h"

namespace fusemoe {
namespace {

using nlohmann::json;
using Reason = tl::unexpected<std::string>;

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::int64_t kMaxBytes = std::int64_t{1} << 50;

template <class Names>
std::optional<ElementType> typeNamed(const Names& names, std::string_view name) {
  for (const auto& [known, type] : names)
    if (known == name) return type;
  return std::nullopt;
}

constexpr std::pair<std::string_view, ElementType> kNpyTypes[] = {{"<f2", ElementType::Float16},
                                                                  {"<f4", ElementType::Float32},
                                                                  {"<f8", ElementType::Float64},
                                                                  {"<i4", ElementType::Int32},
                                                                  {"<i8", ElementType::Int64}};
constexpr std::pair<std::string_view, ElementType> kSafetensorsTypes[] = {
    {"F16", ElementType::Float16}, {"BF16", ElementType::BFloat16}, {"F32", ElementType::Float32},
    {"F64", ElementType::Float64}, {"I32", ElementType::Int32},     {"I64", ElementType::Int64}};

/// Rows and width from a shape; false where it has other dimensions or absurd ones.
bool takeShape(const std::vector<std::int64_t>& shape, ArrayLayout& layout) {
  if (shape.empty() || shape.size() > 2) return false;
  layout.rows = shape[0];
  layout.width = shape.size() == 2 ? shape[1] : 1;
  return layout.rows >= 0 && layout.width >= 1 && layout.width <= kMaxVectorWidth &&
         layout.rows <= kMaxBytes / (layout.width * bytesOf(layout.type));
}

/// Reads the header's dictionary, a literal such as {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }.
class Literal {
 public:
  explicit Literal(std::string_view text) : m_text(text) {}

  bool take(char wanted) {
    skipSpaces();
    if (m_text.empty() || m_text.front() != wanted) return false;
    m_text.remove_prefix(1);
    return true;
  }
  std::optional<std::string_view> quoted() {
    skipSpaces();
    if (m_text.empty() || (m_text.front() != '\'' && m_text.front() != '"')) return std::nullopt;
    const std::size_t end = m_text.find(m_text.front(), 1);
    if (end == m_text.npos) return std::nullopt;
    const std::string_view value = m_text.substr(1, end - 1);
    m_text.remove_prefix(end + 1);
    return value;
  }
  std::optional<bool> boolean() {
    skipSpaces();
    for (const auto& [name, value] : {std::pair<std::string_view, bool>{"True", true}, {"False", false}})
      if (m_text.starts_with(name)) {
        m_text.remove_prefix(name.size());
        return value;
      }
    return std::nullopt;
  }
  std::optional<std::vector<std::int64_t>> shape() {
    if (!take('(')) return std::nullopt;
    std::vector<std::int64_t> sizes;
    while (!take(')')) {
      std::int64_t size = 0;
      skipSpaces();
      const auto [end, code] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), size);
      if (code != std::errc() || sizes.size() > 32) return std::nullopt;
      m_text.remove_prefix(static_cast<std::size_t>(end - m_text.data()));
      sizes.push_back(size);
      if (!take(',') && (m_text.empty() || m_text.front() != ')')) return std::nullopt;
    }
    return sizes;
  }

 private:
  void skipSpaces() { m_text.remove_prefix(std::min(m_text.find_first_not_of(" \t\r\n"), m_text.size())); }
  std::string_view m_text;
};

/// What the dictionary says.
struct NpyDictionary {
  std::optional<std::string_view> type;
  std::optional<bool> fortranOrder;
  std::optional<std::vector<std::int64_t>> shape;
};

std::optional<NpyDictionary> dictionaryOf(std::string_view text) {
  Literal literal(text);
  NpyDictionary dictionary;
  if (!literal.take('{')) return std::nullopt;
  while (!literal.take('}')) {
    const auto key = literal.quoted();
    if (!key || !literal.take(':')) return std::nullopt;
    bool read = false;
    if (*key == "descr") read = (dictionary.type = literal.quoted()).has_value();
    if (*key == "fortran_order") read = (dictionary.fortranOrder = literal.boolean()).has_value();
    if (*key == "shape") read = (dictionary.shape = literal.shape()).has_value();
    if (!read) return std::nullopt;
    literal.take(',');
  }
  return dictionary;
}

/// A list of whole numbers of an entry; none where it is anything else.
std::optional<std::vector<std::int64_t>> wholeNumbers(const json& entry, const char* field) {
  if (!entry.is_object() || !entry.contains(field) || !entry[field].is_array()) return std::nullopt;
  std::vector<std::int64_t> numbers;
  for (const json& number : entry[field]) {
    if (!number.is_number_integer()) return std::nullopt;
    numbers.push_back(number.get<std::int64_t>());
  }
  return numbers;
}

}  // namespace

std::int64_t bytesOf(ElementType type) {
  switch (type) {
    case ElementType::Float16:
    case ElementType::BFloat16:
      return 2;
    case ElementType::Float32:
    case ElementType::Int32:
      return 4;
    default:
      return 8;
  }
}

tl::expected<ArrayLayout, std::string> parseNpyHeader(std::string_view bytes) {
  const auto byte = [bytes](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
  if (!bytes.starts_with(kMagic) || bytes.size() < 12) return Reason("it does not begin as a .npy file does");
  const std::size_t version = byte(6);
  if (version < 1 || version > 3) return Reason("its version " + std::to_string(version) + " is not known");
  const std::size_t start = version == 1 ? 10 : 12;
  std::size_t length = byte(8) | byte(9) << 8;
  if (version > 1) length |= byte(10) << 16 | byte(11) << 24;
  if (length > kMaxArrayHeader || bytes.size() - start < length) return Reason("its header is cut off or too long");
  const auto dictionary = dictionaryOf(bytes.substr(start, length));
  if (!dictionary || !dictionary->type || !dictionary->fortranOrder || !dictionary->shape)
    return Reason("its header is not one of a plain array of numbers");
  ArrayLayout layout;
  const auto type = typeNamed(kNpyTypes, *dictionary->type);
  if (!type)
    return Reason("its type " + std::string(dictionary->type->substr(0, 20)) +
                  " is none of <f2, <f4, <f8, <i4, <i8; save array.astype('<f4')");
  if (*dictionary->fortranOrder) return Reason("it is in Fortran order; save numpy.ascontiguousarray(array)");
  layout.type = *type;
  layout.offset = static_cast<std::int64_t>(start + length);
  if (!takeShape(*dictionary->shape, layout)) return Reason("its shape is not [rows, width] or [rows]");
  return layout;
}

tl::expected<std::vector<ArrayLayout>, std::string> parseSafetensorsHeader(std::string_view text,
                                                                           std::int64_t fileBytes) {
  const Result<json> header = parseJson(text, "The header");
  if (!header || !header->is_object()) return Reason("its header is no JSON object");
  const std::int64_t dataStart = 8 + static_cast<std::int64_t>(text.size());
  std::vector<ArrayLayout> layouts;
  for (const auto& [name, entry] : header->items()) {
    if (name == "__metadata__") continue;
    const std::string shown = name.substr(0, 80);
    const auto shape = wholeNumbers(entry, "shape"), offsets = wholeNumbers(entry, "data_offsets");
    if (!shape || !offsets || !entry.contains("dtype") || !entry["dtype"].is_string())
      return Reason("its entry '" + shown + "' is incomplete");
    const auto type = typeNamed(kSafetensorsTypes, entry["dtype"].get<std::string>());
    if (!type) continue;
    ArrayLayout layout{name, *type};
    if (!takeShape(*shape, layout)) continue;
    if (offsets->size() != 2 || offsets->at(0) < 0 || offsets->at(1) < offsets->at(0) ||
        offsets->at(1) > fileBytes - dataStart || offsets->at(1) - offsets->at(0) != layout.bytes())
      return Reason("its array '" + shown + "' lies outside the file or has another size");
    layout.offset = dataStart + offsets->at(0);
    layouts.push_back(std::move(layout));
  }
  return layouts;
}

}  // namespace fusemoe
