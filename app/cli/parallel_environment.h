#pragma once

#include "api/training.h"

namespace fusemoe::cli {

/// Where this process stands among those of one launch: RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT as torchrun sets
/// them, else OMPI_COMM_WORLD_RANK and OMPI_COMM_WORLD_SIZE of Open MPI's mpirun (there address and port default to
/// this machine's 29500). Error: one of them is no number of its range.
Result<ParallelConfig> parallelFromEnvironment();

}  // namespace fusemoe::cli
