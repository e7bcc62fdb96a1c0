#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/invariance.h"
#include "analysis/mask_lattice.h"

namespace fusemoe::cli {

/// Names of the modalities of a mask, in the model's order.
std::vector<std::string> namesOf(const ModelConfig& config, ModalityMask mask);
/// The same as text: "lipids+body", "none".
std::string textOf(const ModelConfig& config, ModalityMask mask);

nlohmann::ordered_json latticeDocument(const ModelConfig& config, const LatticeRequest& request,
                                       const MaskLattice& lattice);
std::string latticeText(const ModelConfig& config, const LatticeRequest& request, const MaskLattice& lattice);

nlohmann::ordered_json invarianceDocument(const InvarianceReport& report);
std::string invarianceText(const InvarianceReport& report);

}  // namespace fusemoe::cli
