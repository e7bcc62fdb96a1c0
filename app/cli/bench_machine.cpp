#include "bench_machine.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <thread>

#include "bench_statistics.h"

namespace fusemoe::cli {
namespace {

constexpr std::int64_t kKibi = 1024;

/// The rest of the first line that begins with `key`, after its colon; "" where there is none.
std::string fieldOf(const char* path, const std::string& key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind(key, 0) != 0) continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::size_t first = line.find_first_not_of(" \t", colon + 1);
    return first == std::string::npos ? std::string() : line.substr(first);
  }
  return {};
}

std::int64_t kibibytesOf(const char* path, const std::string& key) {
  return kKibi * std::strtoll(fieldOf(path, key).c_str(), nullptr, 10);
}

std::string loadedOpenBlas() {
  std::string path;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* found) {
        const std::string name = info->dlpi_name ? info->dlpi_name : "";
        if (name.find("libopenblas") == std::string::npos) return 0;
        *static_cast<std::string*>(found) = name;
        return 1;
      },
      &path);
  return path;
}

std::string blasCore() {
  const std::string path = loadedOpenBlas();
  if (path.empty()) return {};
  void* library = dlopen(path.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (!library) return {};
  using CoreName = const char* (*)();
  const auto coreName = reinterpret_cast<CoreName>(dlsym(library, "openblas_get_corename"));
  std::string name = coreName ? coreName() : "";
  dlclose(library);
  return name;
}

/// As the program was loaded with: what main() set since does not reach a library that had read it before.
std::vector<std::string> numericEnvironment() {
  std::vector<std::string> entries;
  std::ifstream file("/proc/self/environ");
  for (std::string entry; std::getline(file, entry, '\0');)
    for (const char* prefix : {"OMP_", "GOMP_", "OPENBLAS_", "MKL_", "KMP_"})
      if (entry.rfind(prefix, 0) == 0) entries.push_back(entry);
  std::ranges::sort(entries);
  return entries;
}

double loadAverage() {
  double load = 0;
  return ::getloadavg(&load, 1) == 1 ? load : -1;
}

/// Closes the file at the end of the scope.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (valid()) ::close(m_descriptor);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  bool valid() const { return m_descriptor >= 0; }
  int descriptor() const { return m_descriptor; }

 private:
  int m_descriptor;
};

tl::unexpected<Error> fileFailure(const std::string& path, const char* doing) {
  return failure(path + " cannot be " + doing + ".", "Check the path and the file's rights.", std::strerror(errno));
}

std::uint64_t sumOf(const std::uint64_t* first, std::size_t count) {
  constexpr std::size_t kLanes = 16;  // independent sums, so that loads do not wait for one another
  std::uint64_t lanes[kLanes] = {};
  for (std::size_t i = 0; i + kLanes <= count; i += kLanes)
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += first[i + lane];
  std::uint64_t sum = 0;
  for (const std::uint64_t lane : lanes) sum += lane;
  return sum;
}

/// Memory straight from the system, in huge pages where it has them.
class Buffer {
 public:
  explicit Buffer(std::size_t bytes) : m_bytes(bytes) {
    m_data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (valid()) ::madvise(m_data, bytes, MADV_HUGEPAGE);
    if (valid()) std::memset(m_data, 1, bytes);
  }
  ~Buffer() {
    if (valid()) ::munmap(m_data, m_bytes);
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  bool valid() const { return m_data != MAP_FAILED; }
  const std::uint64_t* numbers() const { return static_cast<const std::uint64_t*>(m_data); }

 private:
  std::size_t m_bytes;
  void* m_data;
};

}  // namespace

Machine describeMachine() {
  return {fieldOf("/proc/cpuinfo", "model name"),
          static_cast<int>(std::thread::hardware_concurrency()),
          kibibytesOf("/proc/meminfo", "MemTotal"),
          blasCore(),
          numericEnvironment(),
          loadAverage()};
}

Resident residentMemory() {
  constexpr const char* kStatus = "/proc/self/status";
  return {kibibytesOf(kStatus, "VmRSS"), kibibytesOf(kStatus, "RssAnon"), kibibytesOf(kStatus, "RssFile")};
}

std::int64_t availableMemory() {
  return kibibytesOf("/proc/meminfo", "MemAvailable");
}

Result<double> readBandwidth(int threads) {
  constexpr std::size_t kBytes = std::size_t{1} << 30, kParts = 4;
  constexpr double kMilliseconds = 1000;
  const std::int64_t available = availableMemory();
  const std::size_t bytes = available > 0 ? std::min(kBytes, static_cast<std::size_t>(available / 4)) : kBytes;
  const Buffer buffer(bytes);
  if (!buffer.valid()) return failure("There is no memory to measure its bandwidth with.", "Close other programs.");
  const auto teams = static_cast<std::size_t>(std::max(1, threads));
  // A part at a time: short, so that one is left alone by other programs, and long gone from the caches at its next
  // turn.
  const std::size_t share = bytes / sizeof(std::uint64_t) / kParts / teams;
  std::vector<std::uint64_t> sums(teams);
  double best = 0;
  std::size_t turn = 0;
  for (const Stopwatch whole; whole.milliseconds() < kMilliseconds; ++turn) {
    const std::uint64_t* part = buffer.numbers() + turn % kParts * share * teams;
    const Stopwatch watch;
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < teams; ++t) team.emplace_back([&, t] { sums[t] += sumOf(part + t * share, share); });
    team.clear();
    best = std::max(best, static_cast<double>(share * teams * sizeof(std::uint64_t)) / (watch.milliseconds() / 1000));
  }
  // What was summed is used, so that no compiler leaves it out.
  return sums[0] == 0 ? 0 : best;
}

Result<std::vector<double>> mappingTimes(const std::string& path, std::size_t repetitions) {
  std::vector<double> times;
  for (std::size_t i = 0; i < repetitions; ++i) {
    const Stopwatch watch;
    const OpenFile file(path);
    struct stat status {};
    if (!file.valid() || ::fstat(file.descriptor(), &status) != 0) return fileFailure(path, "opened");
    const auto bytes = static_cast<std::size_t>(status.st_size);
    void* mapped = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.descriptor(), 0);
    if (mapped == MAP_FAILED) return fileFailure(path, "mapped");
    ::munmap(mapped, bytes);
    times.push_back(watch.milliseconds());
  }
  return times;
}

Result<double> plainReadTime(const std::string& path) {
  constexpr std::size_t kChunk = std::size_t{1} << 20;
  const auto chunk = std::make_unique<char[]>(kChunk);
  const Stopwatch watch;
  const OpenFile file(path);
  if (!file.valid()) return fileFailure(path, "opened");
  for (;;) {
    const ssize_t got = ::read(file.descriptor(), chunk.get(), kChunk);
    if (got < 0 && errno != EINTR) return fileFailure(path, "read");
    if (got == 0) return watch.milliseconds();
  }
}

Result<std::int64_t> fileBytes(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return fileFailure(path, "opened");
  return static_cast<std::int64_t>(status.st_size);
}

}  // namespace fusemoe::cli
