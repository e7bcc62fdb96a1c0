#include "analysis/invariance.h"

namespace fusemoe {

Result<InvarianceReport> checkInvariance(Engine&, const Model&, std::span<const SamplePtr>, const InvarianceOptions&,
                                         const ProgressSink&, const std::stop_token&) {
  return failure("Not built yet.");
}

}  // namespace fusemoe
