#include "torch/model/archive/pickle_value.h"

#include "torch/model/archive/printable.h"

namespace fusemoe {
namespace {

const char* kindName(PickleKind kind) {
  switch (kind) {
    case PickleKind::None:
      return "None";
    case PickleKind::Bool:
      return "bool";
    case PickleKind::Integer:
      return "int";
    case PickleKind::Number:
      return "float";
    case PickleKind::Text:
      return "str";
    case PickleKind::Bytes:
      return "bytes";
    case PickleKind::List:
      return "list";
    case PickleKind::Tuple:
      return "tuple";
    case PickleKind::Set:
      return "set";
    case PickleKind::Dict:
      return "dict";
    case PickleKind::Persistent:
      return "storage";
    case PickleKind::Global:
    case PickleKind::Call:
      break;
  }
  return "object";
}

}  // namespace

bool Pickle::isGlobal(PickleRef place, std::string_view module, std::string_view name) const {
  const PickleValue& value = at(place);
  return value.kind == PickleKind::Global && at(value.callable).text == module && at(value.arguments).text == name;
}

bool Pickle::isCall(PickleRef place, std::string_view module, std::string_view name) const {
  return at(place).kind == PickleKind::Call && isGlobal(at(place).callable, module, name);
}

const std::vector<PickleRef>& Pickle::argumentsOf(const PickleValue& call) const {
  static const std::vector<PickleRef> kNone;
  const PickleValue& arguments = at(call.arguments);
  return arguments.kind == PickleKind::Tuple ? arguments.items : kNone;
}

std::string Pickle::nameOf(PickleRef place) const {
  const PickleValue& value = at(place);
  const PickleValue& named = value.kind == PickleKind::Call ? at(value.callable) : value;
  if (named.kind != PickleKind::Global) return kindName(value.kind);
  return printable(at(named.callable).text) + "." + printable(at(named.arguments).text);
}

const std::vector<PickleRef>* Pickle::entriesOf(PickleRef place) const {
  const PickleValue& value = at(place);
  const bool dict = value.kind == PickleKind::Dict || isCall(place, "collections", "OrderedDict");
  return dict ? &value.items : nullptr;
}

const PickleRef* Pickle::find(PickleRef dict, std::string_view key) const {
  const auto* entries = entriesOf(dict);
  if (!entries) return nullptr;
  for (std::size_t i = entries->size(); i >= 2; i -= 2) {
    const PickleValue& candidate = at((*entries)[i - 2]);
    if (candidate.kind == PickleKind::Text && candidate.text == key) return &(*entries)[i - 1];
  }
  return nullptr;
}

}  // namespace fusemoe
