#include "cli/commands.h"
#include "cli/program.h"

int main(int count, char** arguments) {
  return heed::run_program({arguments + 1, arguments + count}, heed::add_commands);
}
