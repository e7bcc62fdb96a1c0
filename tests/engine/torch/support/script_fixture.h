#pragma once

#include <map>
#include <string>

namespace fusemoe::test {

/// Writes a TorchScript file: a module with these methods and a parameter `weight` [2, 3] = 0 … 5, and beside it these
/// extra files. Ends the test where LibTorch cannot.
void saveProgram(const std::string& path, const std::string& methods,
                 const std::map<std::string, std::string>& extras = {});

}  // namespace fusemoe::test
