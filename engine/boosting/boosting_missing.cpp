#include "boosting/boosting.h"

namespace fusemoe {

Result<BoostingReport> boostingBaseline(const SampleSource&, const ModelConfig&, const std::string&, std::uint64_t,
                                        const ProgressSink&, const std::stop_token&) {
  return failure("This program was built without XGBoost, so there is no boosting to compare with.",
                 "Install libxgboost-dev and build again, or use --method logistic.");
}

}  // namespace fusemoe
