#include "api/engine_module.h"
#include "torch/torch_engine.h"

/// The module's only symbol; see api/engine_module.h.
extern "C" __attribute__((visibility("default"))) fusemoe::Result<fusemoe::Engine*> fusemoeCreateEngine(
    fusemoe::Device device, int threads) {
  return fusemoe::TorchEngine::create(device, threads);
}
