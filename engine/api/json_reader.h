#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace fusemoe {

/// Reads a JSON object field by field into variables that already hold their defaults. The first wrong field is kept as
/// the error; fields nobody asked for are an error too, so that a misspelt option is never silently ignored.
class JsonReader {
 public:
  /// `place` prefixes field names in messages ("modalities[2].").
  JsonReader(const nlohmann::json& object, std::string place) : m_object(object), m_place(std::move(place)) {
    if (!object.is_object()) fail("", "an object");
  }

  template <class T>
  void read(const char* field, T& value) {
    const nlohmann::json* found = take(field);
    if (!found) return;
    try {
      if constexpr (std::is_same_v<T, int>) {
        if (!found->is_number_integer()) return fail(field, "a whole number");
        const auto wide = found->get<std::int64_t>();
        if (wide < -2000000000 || wide > 2000000000) return fail(field, "a number within ±2,000,000,000");
        value = static_cast<int>(wide);
      } else {
        value = found->get<T>();
      }
    } catch (const nlohmann::json::exception&) {
      fail(field, expected<T>());
    }
  }

  /// One of the enumerators in `values`, spelt as nameOf gives it.
  template <class E>
  void choose(const char* field, E& value, std::initializer_list<E> values) {
    if (!m_object.is_object() || !m_object.contains(field)) return;
    std::string text;
    read(field, text);
    std::string known;
    for (const E candidate : values) {
      if (nameOf(candidate) == text) {
        value = candidate;
        return;
      }
      known += (known.empty() ? "" : ", ") + std::string(nameOf(candidate));
    }
    fail(field, "one of " + known);
  }

  /// A nested object or list; null where absent.
  const nlohmann::json* child(const char* field) { return take(field); }

  void fail(const std::string& field, const std::string& rule) {
    if (m_error.what.empty())
      m_error = {
          "The configuration is not usable: " + m_place + field + " must be " + rule + ".", "Correct that field.", {}};
  }
  void fail(const Error& error) {
    if (m_error.what.empty()) m_error = error;
  }

  /// The first error, or an unknown field.
  Result<void> finish() {
    if (m_error.what.empty() && m_object.is_object())
      for (const auto& item : m_object.items())
        if (!m_taken.count(item.key()))
          return failure("The configuration has a field this version does not know: " + m_place + item.key() + ".",
                         "Check its spelling, or use a newer version of the program.");
    if (!m_error.what.empty()) return failure(m_error);
    return {};
  }

 private:
  const nlohmann::json* take(const char* field) {
    m_taken.insert(field);
    if (!m_object.is_object()) return nullptr;
    const auto found = m_object.find(field);
    return found == m_object.end() ? nullptr : &*found;
  }
  template <class T>
  static std::string expected() {
    if constexpr (std::is_same_v<T, bool>) return "true or false";
    if constexpr (std::is_same_v<T, double>) return "a number";
    if constexpr (std::is_same_v<T, std::string>) return "a text";
    return "a list of texts";
  }

  const nlohmann::json& m_object;
  std::string m_place;
  std::set<std::string> m_taken;
  Error m_error;
};

/// Parses text; errors give line-independent byte position. Depth is bounded.
inline Result<nlohmann::json> parseJson(std::string_view text, const std::string& what) {
  int deepest = 0;
  try {
    const nlohmann::json::parser_callback_t watch = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
      deepest = std::max(deepest, depth);
      if (depth > 64) throw std::length_error("nested deeper than 64 levels");
      return true;
    };
    return nlohmann::json::parse(text.begin(), text.end(), watch);
  } catch (const std::exception& error) {
    return failure(what + " is not readable as JSON.", "Check that the file is whole.", error.what());
  }
}

}  // namespace fusemoe
