#include "cli/commands.h"

namespace heed {

void add_commands(CLI::App& program) {
  add_train(program);
  add_translate(program);
  add_data(program);
}

}  // namespace heed
