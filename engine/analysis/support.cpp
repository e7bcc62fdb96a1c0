#include "analysis/support.h"

namespace fusemoe {

Result<std::shared_ptr<const SupportReference>> SupportReference::make(const Model&, const SampleSource&,
                                                                       const SupportOptions&, const ProgressSink&,
                                                                       const std::stop_token&) {
  return failure("Not built yet.");
}
SupportReport SupportReference::report(const MaskedRouting&, std::int64_t) const {
  return {};
}

}  // namespace fusemoe
