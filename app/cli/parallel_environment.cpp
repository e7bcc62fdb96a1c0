#include "parallel_environment.h"

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace fusemoe::cli {
namespace {

Result<void> readNumber(const char* name, int low, int high, int& number) {
  const char* text = std::getenv(name);
  if (!text) return {};
  const auto [end, code] = std::from_chars(text, text + std::strlen(text), number);
  if (code != std::errc() || *end != '\0' || number < low || number > high)
    return failure("The environment variable " + std::string(name) + " must be a number from " + std::to_string(low) +
                       " to " + std::to_string(high) + ".",
                   "mpirun or torchrun sets it; unset it to train in one process.");
  return {};
}

}  // namespace

Result<ParallelConfig> parallelFromEnvironment() {
  ParallelConfig parallel;
  const bool torchrun = std::getenv("RANK") && std::getenv("WORLD_SIZE");
  const char* size = torchrun ? "WORLD_SIZE" : "OMPI_COMM_WORLD_SIZE";
  const char* rank = torchrun ? "RANK" : "OMPI_COMM_WORLD_RANK";
  if (auto read = readNumber(size, 1, 4096, parallel.processes); !read) return failure(read.error());
  if (auto read = readNumber(rank, 0, parallel.processes - 1, parallel.rank); !read) return failure(read.error());
  if (auto read = readNumber("MASTER_PORT", 1, 65535, parallel.port); !read) return failure(read.error());
  if (const char* host = std::getenv("MASTER_ADDR")) parallel.host = host;
  return parallel;
}

}  // namespace fusemoe::cli
