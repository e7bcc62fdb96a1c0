#include "torch/training/team.h"

#include <ATen/ATen.h>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <chrono>

namespace fusemoe {
namespace {

constexpr int kMeetingSeconds = 120;  // processes of one launch start together

std::string placeOf(const ParallelConfig& parallel) {
  return "process " + std::to_string(parallel.rank) + " of " + std::to_string(parallel.processes);
}

/// Processes on one machine meet on its loopback; over machines Gloo takes the address of the host's name, or the
/// interface GLOO_SOCKET_IFNAME names.
std::shared_ptr<gloo::transport::Device> deviceFor(const ParallelConfig& parallel) {
  if (const char* interface = std::getenv("GLOO_SOCKET_IFNAME"))
    return c10d::ProcessGroupGloo::createDeviceForInterface(interface);
  if (parallel.host == "localhost" || parallel.host.starts_with("127."))
    return c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1");
  return c10d::ProcessGroupGloo::createDefaultDevice();
}

}  // namespace

struct Team::Connection {
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
};

Team::Team(const ParallelConfig& parallel) : m_parallel(parallel) {}
Team::~Team() = default;

Result<std::unique_ptr<Team>> Team::join(const ParallelConfig& parallel) {
  if (parallel.processes < 1 || parallel.rank < 0 || parallel.rank >= parallel.processes || parallel.port < 1 ||
      parallel.port > 65535 || parallel.timeoutSeconds < 1)
    return failure("The processes' ranks or port are not usable: " + placeOf(parallel) + ", port " +
                       std::to_string(parallel.port) + ".",
                   "Ranks count from 0 and are fewer than the processes; ports lie from 1 to 65535.");
  std::unique_ptr<Team> team(new Team(parallel));
  if (team->alone()) return team;
  if (auto connected = team->connect(); !connected) return failure(connected.error());
  return team;
}

Result<void> Team::connect() {
  const std::chrono::seconds timeout(m_parallel.timeoutSeconds);
  try {
    c10d::TCPStoreOptions meeting;
    meeting.port = static_cast<std::uint16_t>(m_parallel.port);
    meeting.isServer = leads();
    meeting.numWorkers = m_parallel.processes;
    meeting.timeout = std::min(timeout, std::chrono::seconds(kMeetingSeconds));
    const auto store = c10::make_intrusive<c10d::TCPStore>(m_parallel.host, meeting);
    const auto options = c10d::ProcessGroupGloo::Options::create();
    options->devices.push_back(deviceFor(m_parallel));
    options->timeout = timeout;
    m_connection = std::make_unique<Connection>();
    m_connection->group =
        c10::make_intrusive<c10d::ProcessGroupGloo>(store, m_parallel.rank, m_parallel.processes, options);
  } catch (const std::exception& error) {
    return failure("The " + std::to_string(m_parallel.processes) + " processes of this training did not meet at " +
                       m_parallel.host + ", port " + std::to_string(m_parallel.port) + " (this is " +
                       placeOf(m_parallel) + ").",
                   "Start all of them together; another MASTER_PORT helps where that one is in use.", error.what());
  }
  return {};
}

template <class Call>
Result<void> Team::exchange(at::Tensor& tensor, const Call& call) {
  if (alone()) return {};
  try {
    const at::NoGradGuard noGradient;
    std::vector<at::Tensor> exchanged{tensor.to(at::kCPU).contiguous()};
    call(*m_connection->group, exchanged);
    if (!exchanged[0].is_same(tensor)) tensor.copy_(exchanged[0]);
  } catch (const std::exception& error) {
    return failure("Another process of this training ended or went silent (this is " + placeOf(m_parallel) + ").",
                   "See what it said; start all again with --resume, which goes on after the last whole epoch.",
                   error.what());
  }
  return {};
}

Result<void> Team::sum(at::Tensor& tensor) {
  return exchange(tensor, [](c10d::ProcessGroupGloo& group, std::vector<at::Tensor>& tensors) {
    group.allreduce(tensors)->wait();
  });
}

Result<void> Team::share(at::Tensor& tensor) {
  return exchange(tensor, [](c10d::ProcessGroupGloo& group, std::vector<at::Tensor>& tensors) {
    group.broadcast(tensors)->wait();
  });
}

}  // namespace fusemoe
