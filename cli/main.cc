#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "cli/commands.h"
#include "cli/program.h"

namespace {

/// Threads that wait for each other spin for milliseconds unless told otherwise. Where they share their
/// processors with other work, or with another heed, that time is lost: a hundredfold at worst. OpenMP reads
/// how to wait before main begins, so the program says it and starts over.
void sleep_while_waiting(char** arguments) {
  if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT")) return;
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error || ::setenv("OMP_WAIT_POLICY", "passive", 1) != 0) return;
  ::execv(program.c_str(), arguments);  // where that fails, it runs on as it is
}

}  // namespace

int main(int count, char** arguments) {
  sleep_while_waiting(arguments);
  return heed::run_program({arguments + 1, arguments + count}, heed::add_commands);
}
