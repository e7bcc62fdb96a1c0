#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

/// Position of a variable counted over all modalities of `info`, one after the other, as the cohort's table numbers
/// them; none where there is no such variable. The first, where two modalities have the name.
std::optional<std::size_t> variableIndex(const CohortInfo& info, std::string_view variable);
/// Position of a modality in `info`.
std::optional<std::size_t> modalityIndex(const CohortInfo& info, std::string_view modality);

/// Values that a mapping left out.
struct LeftOut {
  std::int64_t series = 0, statics = 0;
};

/// ImportRequest::modalityOf, applied: an importer lays out its samples as it always does and passes description and
/// samples through here before they are written. Variables move between modalities of one kind, behind those that
/// stay; a modality that does not exist is made behind the others, of the variable's kind, titled by its name; one left
/// without variables is dropped. Immutable, any thread.
class VariableMapping {
 public:
  /// Errors: a variable that `info` lacks or that two of its modalities have, a target of another kind, a name twice in
  /// one modality, no modality left.
  static Result<VariableMapping> of(const CohortInfo& info, const std::map<std::string, std::string>& modalityOf);

  /// The description with the variables in their new places.
  const CohortInfo& info() const { return m_info; }
  /// A sample laid out as the importer's description, in the new layout. Values of variables that are left out are
  /// added to `leftOut`.
  Sample apply(Sample sample, LeftOut& leftOut) const;

 private:
  struct Place {
    std::size_t modality = 0, variable = 0;
  };
  VariableMapping() = default;
  void drop(const std::vector<bool>& kept);

  CohortInfo m_info;
  bool m_identity = true;
  /// For each modality of the importer, where it went (its events), and where each of its variables went.
  std::vector<std::optional<std::size_t>> m_modalities;
  std::vector<std::vector<std::optional<Place>>> m_variables;
};

}  // namespace fusemoe
