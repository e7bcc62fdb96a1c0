#include "command_adder.h"

namespace fusemoe::cli {

void addInterventionCommands(CommandAdder&) {}

}  // namespace fusemoe::cli
