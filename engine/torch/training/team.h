#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "api/training.h"

namespace fusemoe {

/// The processes that train one model together (c10d with Gloo over TCP). One process alone is a team too, for which
/// every exchange is free. All members must make the same calls in the same order. Errors: a member cannot be reached,
/// has ended, or was silent for ParallelConfig::timeoutSeconds; the team is of no use after one.
class Team {
 public:
  static Result<std::unique_ptr<Team>> join(const ParallelConfig& parallel);
  ~Team();

  int rank() const { return m_parallel.rank; }
  int processes() const { return m_parallel.processes; }
  bool leads() const { return m_parallel.rank == 0; }
  bool alone() const { return m_parallel.processes == 1; }
  /// Replaces every member's tensor by the sum of all. Float or double, the same shape everywhere, any device.
  Result<void> sum(at::Tensor& tensor);
  /// Replaces every member's tensor by the leader's.
  Result<void> share(at::Tensor& tensor);

 private:
  struct Connection;
  explicit Team(const ParallelConfig& parallel);
  Result<void> connect();
  template <class Call>
  Result<void> exchange(at::Tensor& tensor, const Call& call);

  ParallelConfig m_parallel;
  std::unique_ptr<Connection> m_connection;
};

}  // namespace fusemoe
