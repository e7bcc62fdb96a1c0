#include "analysis/mask_lattice.h"

namespace fusemoe {

double MaskLattice::value(const MaskedRouting&) const {
  return 0;
}
Result<MaskLattice> maskLattice(const Model&, const LatticeRequest&, const std::stop_token&) {
  return failure("Not built yet.");
}

}  // namespace fusemoe
