#pragma once

#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fusemoe {

/// How an enumerator is written in a file.
template <class E>
struct Spelling {
  E value;
  const char* text;
};

template <class E, std::size_t N>
const char* spelt(E value, const Spelling<E> (&spellings)[N]) {
  for (const Spelling<E>& spelling : spellings)
    if (spelling.value == value) return spelling.text;
  return "";
}

/// What is wrong with a document (the first only; empty = nothing), and the places nobody asked for.
struct FieldProblems {
  std::string wrong;
  std::vector<std::string> unknown;
};

/// Reads a JSON object field by field into variables that hold their defaults: absent keeps the default, another type
/// or a value out of bounds is wrong, what nobody asked for is unknown. Once something is wrong, nothing is read on.
class Fields {
 public:
  static constexpr std::size_t kTextBytes = 4096;
  static constexpr std::size_t kItems = 100000;

  /// `place` names the object in messages ("view."); the document itself is "".
  Fields(const nlohmann::json& object, std::string place, FieldProblems& problems);

  void read(const char* field, std::string& value);
  void read(const char* field, std::set<std::string>& value);
  void read(const char* field, std::int64_t& value);
  void read(const char* field, int& value, int least);
  /// Finite as a float.
  void read(const char* field, float& value);
  template <class E, std::size_t N>
  void choose(const char* field, E& value, const Spelling<E> (&spellings)[N]) {
    std::string text = spelt(value, spellings), known;
    read(field, text);
    for (const Spelling<E>& spelling : spellings) {
      if (text == spelling.text) {
        value = spelling.value;
        return;
      }
      known += (known.empty() ? "one of " : ", ") + std::string(spelling.text);
    }
    fail(field, known);
  }
  bool has(const char* field) const { return m_object.contains(field); }
  void object(const char* field, const std::function<void(Fields&)>& read);
  /// A list of objects.
  void each(const char* field, const std::function<void(Fields&)>& read);
  void ignore(std::initializer_list<const char*> fields) { m_taken.insert(fields.begin(), fields.end()); }
  void fail(const std::string& field, const std::string& rule);
  /// Notes what nobody asked for. Objects and list items are finished by themselves.
  void finish();

 private:
  /// Null where absent or where something is wrong already.
  const nlohmann::json* take(const char* field);

  const nlohmann::json& m_object;
  std::string m_place;
  FieldProblems& m_problems;
  std::set<std::string> m_taken;
};

/// Parses at most 32 levels deep; a field twice in one object is an error, since readers differ on which counts.
/// The error's `what` is technical.
Result<nlohmann::json> parseBounded(std::string_view text);

}  // namespace fusemoe
