#include "cohort/import/scratch_path.h"

#include <atomic>
#include <filesystem>
#include <system_error>

#include "base/atomic_file.h"

namespace fusemoe {

std::string scratchPath(const std::string& output) {
  static std::atomic<int> number = 0;
  if (output.find("://") == std::string::npos) return temporaryBeside(output) + ".scratch" + std::to_string(number++);
  std::error_code code;
  std::filesystem::path folder = std::filesystem::temp_directory_path(code);
  if (code) folder = "/tmp";
  return temporaryBeside((folder / "fusemoe-import").string()) + ".scratch" + std::to_string(number++);
}

}  // namespace fusemoe
