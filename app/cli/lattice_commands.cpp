#include "command_adder.h"

namespace fusemoe::cli {

void addLatticeCommands(CommandAdder&) {}

}  // namespace fusemoe::cli
