#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"

namespace fusemoe::cli {

// What the machine is and what it cannot beat, measured here and now without the engine.

struct Machine {
  std::string processor;         ///< "" where the system does not tell
  int cores = 0;                 ///< logical
  std::int64_t memoryBytes = 0;  ///< of all; 0 = unknown
  std::string blasCore;          ///< kernels OpenBLAS chose, e.g. "SkylakeX"; "" = another BLAS or none is loaded
  std::vector<std::string> environment;  ///< NAME=VALUE the numerical libraries found when the program was loaded
  double load = -1;                      ///< programs that wanted to run, mean of the last minute; negative = unknown
};
/// Call after the engine was loaded, or the BLAS is not there yet to be asked.
Machine describeMachine();

/// Memory of this process that is resident, from /proc/self/status; all 0 where there is none.
struct Resident {
  std::int64_t all = 0;        ///< bytes
  std::int64_t anonymous = 0;  ///< of them heap and stacks
  std::int64_t file = 0;       ///< of them pages of mapped files, which the system may drop
};
Resident residentMemory();
/// Bytes programs can still take (MemAvailable); 0 = unknown.
std::int64_t availableMemory();

/// Bytes a second of a streaming read with `threads` threads: each sums its share of a part of a buffer far larger than
/// the caches; the best of all parts within a second. Error: no memory for the buffer.
Result<double> readBandwidth(int threads);

/// Milliseconds of open, fstat, mmap, close and munmap of a file, each repetition. Error: the file cannot be mapped.
Result<std::vector<double>> mappingTimes(const std::string& path, std::size_t repetitions);
/// Milliseconds of reading a whole file by plain read() into one small buffer. Error: it cannot be read.
Result<double> plainReadTime(const std::string& path);
/// Bytes of a file. Error: there is none.
Result<std::int64_t> fileBytes(const std::string& path);

/// How a child process ended.
struct ChildRun {
  double milliseconds = 0;  ///< from the call that starts it until it has ended
  int status = -1;          ///< exit status; -1 = it was killed
};
/// Runs a program to its end, its output thrown away; killed when `stop` is requested or after `patienceSeconds`.
/// Errors: it cannot be started; stopped; it took too long.
Result<ChildRun> runChild(const std::vector<std::string>& command, double patienceSeconds, const std::stop_token& stop);

}  // namespace fusemoe::cli
