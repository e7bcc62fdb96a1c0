#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fusemoe {

/// A value's place in Pickle::values. Values refer to each other by place, so that cycles cost nothing to hold and
/// nothing recurses when they go.
using PickleRef = std::uint32_t;

enum class PickleKind : std::uint8_t {
  None,
  Bool,
  Integer,
  Number,
  Text,  ///< UTF-8 as the file has it, not checked
  Bytes,
  List,
  Tuple,
  Set,
  Dict,        ///< items = key, value, key, value, …
  Global,      ///< the name of a Python object: callable = module, arguments = name
  Call,        ///< what Python would have made by calling `callable` with `arguments`; nothing is ever called
  Persistent,  ///< arguments = the id of something outside the pickle: a storage
};

struct PickleValue {
  PickleKind kind = PickleKind::None;
  std::int64_t integer = 0;      ///< of Bool and Integer; the bits of a Number
  std::string_view text;         ///< of Text and Bytes, in the pickle's own bytes
  std::vector<PickleRef> items;  ///< of List, Tuple, Set, Dict; of Call what was added to the object
  PickleRef callable = 0, arguments = 0;
  PickleRef state = 0;  ///< of Call: what the object's attributes would be set from

  double number() const { return std::bit_cast<double>(integer); }
};

/// A pickle as plain data. Valid as long as the bytes it was read from.
struct Pickle {
  std::vector<PickleValue> values;  ///< [0] is None
  PickleRef root = 0;

  const PickleValue& at(PickleRef place) const { return values[place]; }
  /// The Global module.name?
  bool isGlobal(PickleRef place, std::string_view module, std::string_view name) const;
  /// A Call of the Global module.name?
  bool isCall(PickleRef place, std::string_view module, std::string_view name) const;
  /// The items of a Call's argument tuple; none where it is none.
  const std::vector<PickleRef>& argumentsOf(const PickleValue& call) const;
  /// "module.name" of a Global or of what a Call calls, made printable; else the kind: "list".
  std::string nameOf(PickleRef place) const;
  /// Keys and values, in turn, of a dict or of an object made as one (OrderedDict); null for anything else.
  const std::vector<PickleRef>* entriesOf(PickleRef place) const;
  /// The last value under a text key; null where there is none.
  const PickleRef* find(PickleRef dict, std::string_view key) const;
};

}  // namespace fusemoe
