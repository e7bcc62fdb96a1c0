#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "bench_machine.h"
#include "bench_statistics.h"

namespace fusemoe::cli {
namespace {

/// The environment a user's shell gives: what main() set for this process alone is left out, or a program that sets it
/// itself, at the price of starting twice, would start faster than it does.
std::vector<char*> environmentOfChild() {
  std::vector<char*> entries;
  for (char** entry = environ; *entry; ++entry)
    if (std::strncmp(*entry, "OMP_WAIT_POLICY=", std::strlen("OMP_WAIT_POLICY=")) != 0) entries.push_back(*entry);
  entries.push_back(nullptr);
  return entries;
}

/// What a child starts with: no output, and signals as in a shell (this program's threads block Ctrl-C).
class Launch {
 public:
  Launch() {
    posix_spawn_file_actions_init(&m_actions);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
      posix_spawn_file_actions_addopen(&m_actions, descriptor, "/dev/null", O_RDWR, 0);
    posix_spawnattr_init(&m_attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&m_attributes, &none);
    posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK);
  }
  ~Launch() {
    posix_spawn_file_actions_destroy(&m_actions);
    posix_spawnattr_destroy(&m_attributes);
  }
  Launch(const Launch&) = delete;
  Launch& operator=(const Launch&) = delete;
  /// The child's id; 0 where it cannot be started.
  pid_t start(const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const std::vector<char*> environment = environmentOfChild();
    pid_t child = 0;
    const int failed =
        posix_spawn(&child, arguments[0], &m_actions, &m_attributes, arguments.data(), environment.data());
    return failed ? 0 : child;
  }

 private:
  posix_spawn_file_actions_t m_actions;
  posix_spawnattr_t m_attributes;
};

}  // namespace

Result<ChildRun> runChild(const std::vector<std::string>& command, double patienceSeconds,
                          const std::stop_token& stop) {
  const Launch launch;
  const Stopwatch watch;
  const pid_t child = launch.start(command);
  if (child == 0) return failure(command[0] + " cannot be started.", "Check that it is installed.");
  // Ended from a thread of its own, so that waiting for the child itself needs no polling.
  std::jthread guard([&](const std::stop_token& ended) {
    while (!ended.stop_requested()) {
      if (stop.stop_requested() || watch.milliseconds() > 1000 * patienceSeconds) {
        ::kill(child, SIGKILL);
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  siginfo_t info{};
  // Left as a zombie until the guard is gone: the id cannot be another process' meanwhile.
  while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) continue;
  const double taken = watch.milliseconds();
  guard.request_stop();
  guard.join();
  ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED);
  if (info.si_code == CLD_EXITED) return ChildRun{taken, info.si_status};
  if (stop.stop_requested()) return failure("The measurement was stopped.");
  if (taken > 1000 * patienceSeconds) return failure(command[0] + " did not end in time.");
  return ChildRun{taken, -1};
}

}  // namespace fusemoe::cli
