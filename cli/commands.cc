#include "cli/commands.h"

namespace heed {

void add_commands(CLI::App& program) { add_data(program); }

}  // namespace heed
