#include "analysis/missingness.h"

namespace fusemoe {

Result<MissingnessReport> naturalAgainstForced(const Model&, const SampleSource&, const MissingnessOptions&,
                                               const ProgressSink&, const std::stop_token&) {
  return failure("Not built yet.");
}

}  // namespace fusemoe
