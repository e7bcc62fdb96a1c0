#include "console.h"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

namespace fusemoe::cli {
namespace {

sigset_t interruptSet() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void routeInterrupts() {
  const sigset_t set = interruptSet();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

std::stop_token Console::stop() {
  if (!m_listening) {
    m_listening = true;
    std::thread([source = m_stop]() mutable {
      const sigset_t set = interruptSet();
      int signal = 0;
      sigwait(&set, &signal);
      std::fputs("\nStopping; press Ctrl-C again to end at once.\n", stderr);
      source.request_stop();
      sigwait(&set, &signal);
      ::_exit(130);
    }).detach();
  }
  return m_stop.get_token();
}

int Console::answer(const nlohmann::ordered_json& document, const std::string& text) const {
  const std::string out = json ? document.dump(2) + "\n" : text;
  std::fputs(out.c_str(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}

int Console::fail(const Error& error) const {
  std::fprintf(stderr, "fusemoe: %s\n", error.line().c_str());
  if (!error.detail.empty()) spdlog::debug("{}", error.detail);
  return 1;
}

Result<ModelPtr> Console::open(const std::string& path) const {
  const auto loaded = engine();
  if (!loaded) return failure(loaded.error());
  return (*loaded)->open(path, opening);
}

ProgressSink Console::progress() const {
  const bool terminal = ::isatty(STDERR_FILENO);
  auto last = std::make_shared<std::chrono::steady_clock::time_point>();
  return [terminal, last](const Progress& progress) {
    const auto now = std::chrono::steady_clock::now();
    const auto pause = terminal ? std::chrono::milliseconds(200) : std::chrono::milliseconds(5000);
    if (now - *last < pause && progress.fraction < 1) return;
    *last = now;
    char left[40] = "";
    if (progress.secondsLeft >= 0) std::snprintf(left, sizeof left, ", %.0f s left", progress.secondsLeft);
    char share[16] = "";
    if (progress.fraction >= 0) std::snprintf(share, sizeof share, "%3.0f %%  ", 100 * progress.fraction);
    std::fprintf(stderr, terminal ? "\r\033[K%s%s%s" : "%s%s%s\n", share, progress.text.c_str(), left);
    if (terminal && progress.fraction >= 1) std::fputc('\n', stderr);
  };
}

}  // namespace fusemoe::cli
