#include "base/cpu.h"

#if defined(__linux__)
#include <sys/resource.h>
#include <unistd.h>
#endif

#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace fusemoe {

void prepareNumericEnvironment() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_is("amd") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl"))
    ::setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
#endif
  ::setenv("OMP_WAIT_POLICY", "passive", 0);
#if defined(__GLIBC__)
  // What one operator frees the next one needs: handing it back to the system between them costs more page faults than
  // the arithmetic of a small network takes (a sweep of masks: four times the processor time).
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

void restartWithNumericEnvironment(char** arguments) {
  [[maybe_unused]] const bool settled = std::getenv("OMP_WAIT_POLICY") != nullptr;
  prepareNumericEnvironment();
#if defined(__linux__)
  if (!settled && std::getenv("OMP_WAIT_POLICY")) ::execv("/proc/self/exe", arguments);  // returns where it fails
#endif
}

void lowerThreadPriority() {
#if defined(__linux__)
  constexpr int kNice = 10;
  ::setpriority(PRIO_PROCESS, 0, kNice);  // on Linux 0 is this thread, not the process
#endif
}

}  // namespace fusemoe
