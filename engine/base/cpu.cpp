#include "base/cpu.h"

#if defined(__linux__)
#include <sys/resource.h>
#endif

#include <cstdlib>

namespace fusemoe {

void prepareNumericEnvironment() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_is("amd") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl"))
    ::setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
#endif
  ::setenv("OMP_WAIT_POLICY", "passive", 0);
}

void lowerThreadPriority() {
#if defined(__linux__)
  constexpr int kNice = 10;
  ::setpriority(PRIO_PROCESS, 0, kNice);  // on Linux 0 is this thread, not the process
#endif
}

}  // namespace fusemoe
