#include "script_fixture.h"

#include <torch/script.h>

namespace fusemoe::test {

void saveProgram(const std::string& path, const std::string& methods,
                 const std::map<std::string, std::string>& extras) {
  torch::jit::Module module("Program");
  module.register_parameter("weight", at::arange(6, at::kFloat).view({2, 3}), false);
  module.define(methods);
  module.save(path, torch::jit::ExtraFilesMap(extras.begin(), extras.end()));
}

}  // namespace fusemoe::test
