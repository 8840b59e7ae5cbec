#include "cli/commands.h"

namespace heed {

void add_commands([[maybe_unused]] CLI::App& program) {}

}  // namespace heed
