#include <dlfcn.h>

#include <filesystem>

#include "scene/scene_renderer.h"

namespace fusemoe::ui {
namespace {

Result<CreateSceneRenderer> loadModule() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto path = program.parent_path().parent_path() / FUSEMOE_MODULE_DIR / kSceneModuleFile;
  // RTLD_LOCAL keeps VTK's symbols to itself; never closed, VTK cannot be unloaded.
  void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!module)
    return failure("The 3-D view's renderer could not be loaded.", "Check that VTK is installed.", ::dlerror());
  const auto create = reinterpret_cast<CreateSceneRenderer>(::dlsym(module, kCreateRendererSymbol));
  if (!create) return failure(path.string() + " is not of this version.", "Reinstall the program.");
  return create;
}

}  // namespace

Result<std::unique_ptr<SceneRenderer>> loadSceneRenderer() {
  static const Result<CreateSceneRenderer> create = loadModule();
  if (!create) return failure(create.error());
  return std::unique_ptr<SceneRenderer>((*create)());
}

}  // namespace fusemoe::ui
