#include "torch/model/archive/pickle_json.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>

#include <c10/util/Half.h>

namespace fusemoe {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxValues = 100'000, kMaxText = 4U << 20U, kMaxScalar = 8;

/// Bytes as protocol 2 holds them: `_codecs.encode(text, 'latin1')`, a character a byte.
std::optional<std::string> latin1(std::string_view utf8) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size() && bytes.size() <= kMaxScalar; ++i) {
    const auto first = static_cast<std::uint8_t>(utf8[i]);
    if (first < 0x80) {
      bytes += utf8[i];
    } else {
      if ((first != 0xc2 && first != 0xc3) || i + 1 == utf8.size()) return std::nullopt;
      bytes += static_cast<char>(((first & 3U) << 6U) | (static_cast<std::uint8_t>(utf8[++i]) & 0x3fU));
    }
  }
  return bytes;
}

template <class T>
json numberFrom(const std::string& bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  if constexpr (std::is_same_v<T, c10::Half>)
    return static_cast<float>(value);
  else
    return value;
}

/// A number of numpy's type `type` ("f8"), little-endian; nothing for types that are no numbers.
std::optional<json> numberOf(std::string_view type, const std::string& bytes) {
  if (type.size() != 2 || bytes.size() != static_cast<std::size_t>(type[1] - '0')) return std::nullopt;
  if (type == "b1") return bytes[0] != 0;
  if (type == "f8") return numberFrom<double>(bytes);
  if (type == "f4") return numberFrom<float>(bytes);
  if (type == "f2") return numberFrom<c10::Half>(bytes);
  if (type == "i8") return numberFrom<std::int64_t>(bytes);
  if (type == "i4") return numberFrom<std::int32_t>(bytes);
  if (type == "i2") return numberFrom<std::int16_t>(bytes);
  if (type == "i1") return numberFrom<std::int8_t>(bytes);
  if (type == "u8") return numberFrom<std::uint64_t>(bytes);
  if (type == "u4") return numberFrom<std::uint32_t>(bytes);
  if (type == "u2") return numberFrom<std::uint16_t>(bytes);
  if (type == "u1") return numberFrom<std::uint8_t>(bytes);
  return std::nullopt;
}

class JsonMaker {
 public:
  explicit JsonMaker(const Pickle& pickle) : m_pickle(pickle) {}

  json make(PickleRef place, int depth) {
    if (depth > kMaxDepth || m_problem) {
      if (!m_problem) m_problem = "is nested deeper than 64 levels or refers to itself";
      return {};
    }
    const PickleValue& value = m_pickle.at(place);
    charge(value.text.size());
    switch (value.kind) {
      case PickleKind::None:
        return {};
      case PickleKind::Bool:
        return value.integer != 0;
      case PickleKind::Integer:
        return value.integer;
      case PickleKind::Number:
        return value.number();
      case PickleKind::Text:
      case PickleKind::Bytes:
        return std::string(m_problem ? std::string_view() : value.text);
      case PickleKind::List:
      case PickleKind::Tuple:
      case PickleKind::Set:
        return list(value.items, depth);
      case PickleKind::Dict:
        return object(value.items, depth);
      case PickleKind::Call:
        return call(place, depth);
      case PickleKind::Global:
      case PickleKind::Persistent:
        break;
    }
    return inert(place);
  }
  const std::optional<std::string>& problem() const { return m_problem; }

 private:
  void charge(std::size_t text) {
    m_text += text;
    if (++m_values > kMaxValues || m_text > kMaxText)
      if (!m_problem) m_problem = "holds more than training arguments do";
  }
  json inert(PickleRef place) const { return "<" + m_pickle.nameOf(place) + ">"; }

  json list(const std::vector<PickleRef>& items, int depth) {
    json made = json::array();
    for (const PickleRef item : items) {
      if (m_problem) break;
      made.push_back(make(item, depth + 1));
    }
    return made;
  }

  json object(const std::vector<PickleRef>& items, int depth) {
    json made = json::object();
    for (std::size_t i = 0; i + 1 < items.size() && !m_problem; i += 2) {
      const PickleValue& key = m_pickle.at(items[i]);
      charge(key.text.size());
      if (m_problem) break;
      const std::string name = key.kind == PickleKind::Text      ? std::string(key.text)
                               : key.kind == PickleKind::Integer ? std::to_string(key.integer)
                                                                 : "<" + m_pickle.nameOf(items[i]) + ">";
      made[name] = make(items[i + 1], depth + 1);
    }
    return made;
  }

  json call(PickleRef place, int depth) {
    const PickleValue& value = m_pickle.at(place);
    if (m_pickle.isCall(place, "argparse", "Namespace")) {
      const auto* fields = m_pickle.entriesOf(value.state);
      return fields ? object(*fields, depth) : json::object();
    }
    if (const auto* entries = m_pickle.entriesOf(place)) return object(*entries, depth);
    if (m_pickle.isCall(place, "numpy.core.multiarray", "scalar") ||
        m_pickle.isCall(place, "numpy._core.multiarray", "scalar"))
      if (auto number = scalar(m_pickle.argumentsOf(value))) return *number;
    return inert(place);
  }

  /// numpy's scalar(dtype(type, …), bytes); dtype's state says the byte order.
  std::optional<json> scalar(const std::vector<PickleRef>& arguments) const {
    if (arguments.size() != 2 || !m_pickle.isCall(arguments[0], "numpy", "dtype")) return std::nullopt;
    const PickleValue& type = m_pickle.at(arguments[0]);
    const auto& typeArguments = m_pickle.argumentsOf(type);
    auto bytes = bytesOf(arguments[1]);
    if (typeArguments.empty() || !bytes) return std::nullopt;
    const auto& state = m_pickle.at(type.state).items;
    if (state.size() > 1 && m_pickle.at(state[1]).text == ">") std::reverse(bytes->begin(), bytes->end());
    return numberOf(m_pickle.at(typeArguments[0]).text, *bytes);
  }

  std::optional<std::string> bytesOf(PickleRef place) const {
    const PickleValue& value = m_pickle.at(place);
    if (value.kind == PickleKind::Bytes) return std::string(value.text.substr(0, kMaxScalar + 1));
    if (!m_pickle.isCall(place, "_codecs", "encode") || m_pickle.argumentsOf(value).empty()) return std::nullopt;
    return latin1(m_pickle.at(m_pickle.argumentsOf(value)[0]).text);
  }

  const Pickle& m_pickle;
  std::optional<std::string> m_problem;
  std::size_t m_values = 0, m_text = 0;
};

}  // namespace

Result<std::string> jsonOf(const Pickle& pickle, PickleRef value, const std::string& what) {
  JsonMaker maker(pickle);
  const json made = maker.make(value, 0);
  if (maker.problem())
    return failure(what + " " + *maker.problem() + ".", "The file may be damaged; copy or download it again.");
  return made.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace fusemoe
