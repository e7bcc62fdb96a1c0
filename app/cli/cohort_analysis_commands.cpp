#include "command_adder.h"

namespace fusemoe::cli {

void addCohortAnalysisCommands(CommandAdder&) {}

}  // namespace fusemoe::cli
