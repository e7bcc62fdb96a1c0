#pragma once

#include <cstdint>
#include <string>

#include "api/model_config.h"
#include "api/sample.h"

namespace fusemoe::cli {

/// How full an invented stay is.
struct SampleShape {
  int times = 48;  ///< distinct observation times of every series
  int events = 5;  ///< of every vectors modality
};

/// A stay with every modality of a model, by seed: numbers as the model standardises them (mean and deviation of each
/// variable; vectors around 0), times within its window, every variable seen at about half of the times and once at
/// least. Equal arguments give equal samples, on every platform. Its label alternates with the seed.
SamplePtr inventSample(const ModelConfig& config, std::uint64_t seed, const SampleShape& shape = {});

/// Invented stays as a cohort: stay i is `inventSample(config, i)`; three quarters are "train", one is "validation".
class InventedCohort : public SampleSource {
 public:
  InventedCohort(ModelConfig config, std::size_t stays, SampleShape shape = {});
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

 private:
  bool within(const std::string& split, std::size_t stay) const;
  ModelConfig m_config;
  std::size_t m_stays;
  SampleShape m_shape;
};

}  // namespace fusemoe::cli
