#include "session/session_fields.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace fusemoe {
namespace {

using nlohmann::json;

constexpr std::size_t kUnknownNamed = 20;

}  // namespace

Fields::Fields(const json& object, std::string place, FieldProblems& problems)
    : m_object(object), m_place(std::move(place)), m_problems(problems) {
  if (!object.is_object()) fail("", "an object");
}

const json* Fields::take(const char* field) {
  m_taken.insert(field);
  if (!m_problems.wrong.empty()) return nullptr;
  const auto found = m_object.find(field);
  return found == m_object.end() ? nullptr : &*found;
}

void Fields::fail(const std::string& field, const std::string& rule) {
  if (!m_problems.wrong.empty()) return;
  std::string place = m_place + field;
  if (place.ends_with('.')) place.pop_back();
  m_problems.wrong = place + " must be " + rule;
}

void Fields::read(const char* field, std::string& value) {
  const json* found = take(field);
  if (!found) return;
  if (!found->is_string()) return fail(field, "a text");
  value = found->get<std::string>();
  if (value.size() > kTextBytes) fail(field, "at most " + std::to_string(kTextBytes) + " bytes long");
}

void Fields::read(const char* field, std::set<std::string>& value) {
  const json* found = take(field);
  if (!found) return;
  if (!found->is_array() || found->size() > kItems) return fail(field, "a list of texts");
  for (const json& item : *found) {
    if (!item.is_string() || item.get_ref<const std::string&>().size() > kTextBytes)
      return fail(field, "a list of texts");
    value.insert(item.get<std::string>());
  }
}

void Fields::read(const char* field, std::int64_t& value) {
  const json* found = take(field);
  if (!found) return;
  const bool tooLarge = found->is_number_unsigned() &&
                        found->get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max());
  if (!found->is_number_integer() || tooLarge) return fail(field, "a whole number of 64 bits");
  value = found->get<std::int64_t>();
}

void Fields::read(const char* field, int& value, int least) {
  std::int64_t wide = value;
  read(field, wide);
  if (wide < least || wide > std::numeric_limits<int>::max())
    return fail(field, "a whole number from " + std::to_string(least) + " to 2,147,483,647");
  value = static_cast<int>(wide);
}

void Fields::read(const char* field, float& value) {
  const json* found = take(field);
  if (!found) return;
  if (!found->is_number()) return fail(field, "a number");
  const double wide = found->get<double>();
  if (!std::isfinite(wide) || std::abs(wide) > double(std::numeric_limits<float>::max()))
    return fail(field, "a finite number");
  value = static_cast<float>(wide);
}

void Fields::object(const char* field, const std::function<void(Fields&)>& read) {
  const json* found = take(field);
  if (!found) return;
  Fields fields(*found, m_place + field + ".", m_problems);
  if (!m_problems.wrong.empty()) return;
  read(fields);
  fields.finish();
}

void Fields::each(const char* field, const std::function<void(Fields&)>& read) {
  const json* found = take(field);
  if (!found) return;
  if (!found->is_array() || found->size() > kItems)
    return fail(field, "a list of at most " + std::to_string(kItems) + " objects");
  for (std::size_t i = 0; i < found->size() && m_problems.wrong.empty(); ++i) {
    Fields fields((*found)[i], m_place + field + "[" + std::to_string(i) + "].", m_problems);
    if (!m_problems.wrong.empty()) return;
    read(fields);
    fields.finish();
  }
}

void Fields::finish() {
  if (!m_object.is_object()) return;
  for (const auto& item : m_object.items())
    if (!m_taken.contains(item.key()) && m_problems.unknown.size() < kUnknownNamed)
      m_problems.unknown.push_back(m_place + item.key());
}

Result<json> parseBounded(std::string_view text) {
  constexpr int kDepth = 32;
  std::vector<std::set<std::string>> names;  // of the objects that are open
  const json::parser_callback_t watch = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth > kDepth) throw std::length_error("nested deeper than " + std::to_string(kDepth) + " levels");
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
      throw std::invalid_argument("\"" + parsed.get<std::string>() + "\" twice in one object");
    return true;
  };
  try {
    return json::parse(text.begin(), text.end(), watch);
  } catch (const std::exception& error) {
    return failure(error.what());
  }
}

}  // namespace fusemoe
