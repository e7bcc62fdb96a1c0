#include "base/memory.h"

#include <fstream>
#include <limits>
#include <string>

namespace fusemoe {

std::int64_t availableMemory() {
  std::ifstream file("/proc/meminfo");
  for (std::string name; file >> name; file.ignore(std::numeric_limits<std::streamsize>::max(), '\n')) {
    std::int64_t kibibytes = 0;
    if (name == "MemAvailable:") return file >> kibibytes ? kibibytes << 10 : 0;
  }
  return 0;
}

}  // namespace fusemoe
