#include "analysis/donors.h"

namespace fusemoe {

Result<DonorReport> donorPredictions(const Model&, const SampleSource&, const SamplePtr&, const DonorOptions&,
                                     const ProgressSink&, const std::stop_token&) {
  return failure("Not built yet.");
}

}  // namespace fusemoe
