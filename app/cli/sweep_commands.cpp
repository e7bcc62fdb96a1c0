#include "command_adder.h"

namespace fusemoe::cli {

void addSweepCommands(CommandAdder&) {}

}  // namespace fusemoe::cli
