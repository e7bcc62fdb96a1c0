#include "analysis/collapse.h"

namespace fusemoe {

Result<CollapseReport> collapseReport(const Model&, const SampleSource&, const CollapseOptions&, const ProgressSink&,
                                      const std::stop_token&) {
  return failure("Not built yet.");
}

}  // namespace fusemoe
