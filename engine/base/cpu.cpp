#include "base/cpu.h"

#if defined(__linux__)
#include <sys/resource.h>
#endif

#if defined(__GLIBC__)
#include <malloc.h>
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
#if defined(__GLIBC__)
  // Keep the memory of tensors between steps: giving it back and taking it again doubles the time of training.
  constexpr int kKept = 512 << 20, kMapped = 32 << 20;  // the largest that glibc takes
  ::mallopt(M_MMAP_THRESHOLD, kMapped);
  ::mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

void lowerThreadPriority() {
#if defined(__linux__)
  constexpr int kNice = 10;
  ::setpriority(PRIO_PROCESS, 0, kNice);  // on Linux 0 is this thread, not the process
#endif
}

}  // namespace fusemoe
