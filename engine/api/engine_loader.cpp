#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <vector>

#include "api/engine.h"
#include "api/engine_module.h"

namespace fusemoe {
namespace {

/// Where the module may lie: as the environment says, beside the program as built or installed.
std::vector<std::filesystem::path> modulePaths() {
  std::vector<std::filesystem::path> paths;
  if (const char* chosen = std::getenv("FUSEMOE_ENGINE")) paths.emplace_back(chosen);
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) paths.push_back(program.parent_path().parent_path() / FUSEMOE_MODULE_DIR / kEngineModuleFile);
  return paths;
}

Result<Engine*> loadModule(Device device, int threads) {
  std::string tried;
  for (const auto& path : modulePaths()) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
      tried += (tried.empty() ? "not at " : ", ") + path.string();
      continue;
    }
    // RTLD_LOCAL keeps LibTorch's symbols out of the window's libraries; never closed, LibTorch cannot be unloaded.
    void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!module) return failure("The engine could not be loaded.", "Check that LibTorch is installed.", ::dlerror());
    const auto create = reinterpret_cast<CreateEngine>(::dlsym(module, kCreateEngineSymbol));
    if (!create) return failure(path.string() + " is not the engine of this version.", "Reinstall the program.");
    return create(device, threads);
  }
  return failure("The engine module was not found.", "Reinstall the program, or set FUSEMOE_ENGINE to its path.",
                 tried);
}

}  // namespace

Result<Engine*> loadEngine(Device device, int threads) {
  static std::mutex mutex;
  static Engine* engine = nullptr;
  const std::lock_guard lock(mutex);
  if (engine) return engine;
  auto loaded = loadModule(device, threads);
  if (loaded) engine = *loaded;
  return loaded;
}

bool useReferenceArithmetic() {
  // LibTorch asks for BLAS by the name libblas.so.3; the one already in the process under that name is the one it gets.
  const char* path = FUSEMOE_REFERENCE_BLAS;
  if (!*path || !::dlopen(path, RTLD_NOW | RTLD_GLOBAL)) return false;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) ::setenv("ATEN_CPU_CAPABILITY", "avx2", 0);
#endif
  return true;
}

std::string projectionSource(const RequestKey& key) {
  return key.modelDigest + '/' + key.sampleDigest + '/' + std::to_string(key.mask);
}

namespace {

std::string nameOf(const Intervention& intervention) {
  std::string name = describe(intervention);
  if (intervention.missing == MissingSubstitute::TrainingMean && intervention.means)
    name += " of " + intervention.means->source;
  return name;
}

}  // namespace

RequestKey keyOf(const Model& model, const Sample& sample, ModalityMask mask, const PredictOptions& options) {
  const bool given = options.projection && options.basis;
  return {model.info().digest,
          sample.digest,
          mask,
          options.projection,
          given ? options.basis->source : std::string(),
          options.attention,
          nameOf(options.intervention)};
}

}  // namespace fusemoe
