#include "base/cpu.h"

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

}  // namespace fusemoe
