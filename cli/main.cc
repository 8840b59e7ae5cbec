#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "cli/commands.h"
#include "cli/program.h"

namespace {

/// Threads that wait for each other spin for milliseconds unless told otherwise. Where they share their
/// processors with other work, or with another heed, that time is lost: a hundredfold at worst. Those that
/// sleep at once take long to wake. So they look again so many times, some hundredths of a millisecond.
/// OpenMP reads how to wait before main begins, so the program says it and starts over.
constexpr const char* looks = "2000";

void wait_briefly_awake(char** arguments) {
  if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT")) return;
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error || ::setenv("GOMP_SPINCOUNT", looks, 1) != 0) return;
  ::execv(program.c_str(), arguments);  // where that fails, it runs on as it is
}

/// A standard stream that the caller closed would be the next file that is opened: a model would be read as
/// text, or progress written into a log. On /dev/null, opened the wrong way round, using one fails and is
/// told; messages alone may get lost.
void open_closed_streams() {
  for (const auto& [stream, mode] :
       {std::pair{STDIN_FILENO, O_WRONLY}, {STDOUT_FILENO, O_RDONLY}, {STDERR_FILENO, O_WRONLY}}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest number that is free, which is this one.
    if (::open("/dev/null", mode) < 0) std::_Exit(1);
  }
}

}  // namespace

int main(int count, char** arguments) {
  open_closed_streams();
  wait_briefly_awake(arguments);
  return heed::run_program({arguments + 1, arguments + count}, heed::add_commands);
}
