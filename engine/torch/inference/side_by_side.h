#pragma once

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/result.h"

namespace fusemoe {

/// What every prediction says that was asked to stop.
inline tl::unexpected<Error> stopped() {
  return failure("The prediction was stopped.");
}

/// Runs work(0) … work(count − 1), each returning Result<void>, on `threads` threads, LibTorch's operators inside on
/// one each; within another call of its kind, or for one thread, here and in order. After an error no more is begun;
/// the first error is returned. Sources that call it are compiled with OpenMP (CMakeLists.txt), else it is serial.
template <class F>
Result<void> sideBySide(std::size_t count, int threads, const F& work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failed = false;
  std::mutex mutex;
  Error error;
  const auto workers = std::min<std::int64_t>(threads, static_cast<std::int64_t>(count));
  at::parallel_for(0, workers, 1, [&](std::int64_t, std::int64_t) {
    const c10::InferenceMode inference;
    for (std::size_t i = next++; i < count && !failed; i = next++) {
      const Result<void> done = work(i);
      if (done) continue;
      const std::lock_guard lock(mutex);
      if (!failed) error = done.error();
      failed = true;
    }
  });
  return failed ? Result<void>(failure(error)) : Result<void>();
}

}  // namespace fusemoe
