#include "analysis/mask_sweep.h"

namespace fusemoe {

Result<std::vector<ModalityMask>> allMasks(int) {
  return failure("Not built yet.");
}
std::vector<ModalityMask> singleMasks(int) {
  return {};
}
Result<void> sweepMasks(const Model&, const SampleSource&, std::span<const ModalityMask>, const SweepOptions&,
                        const std::function<bool(const SweptStay&)>&, const ProgressSink&, const std::stop_token&) {
  return failure("Not built yet.");
}
SliceSource::SliceSource(const SampleSource& source, std::vector<std::int64_t> stays)
    : m_source(source), m_stays(std::move(stays)) {}
Result<void> SliceSource::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  return m_source.visit(split, visit);
}
Result<std::size_t> SliceSource::count(const std::string& split) const {
  return m_source.count(split);
}

}  // namespace fusemoe
