#pragma once

#include <functional>
#include <string>

namespace fusemoe {

/// One report of a long task. Sent from the task's own thread.
struct Progress {
  double fraction = 0.0;      ///< 0 … 1 of the whole task; negative where it cannot be known
  std::string text;           ///< what is being done, e.g. "epoch 3 of 40, validation AUROC 0.812"
  double secondsLeft = -1.0;  ///< estimate; negative where unknown
};

using ProgressSink = std::function<void(const Progress&)>;

}  // namespace fusemoe
