#include "heed/base/process_memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include "heed/base/machine_memory.h"

namespace heed {
namespace {

/// In bytes.
struct ProcessSize {
  std::size_t address_space = 0, resident = 0, data = 0;
};

ProcessSize process_size() {
  std::ifstream statm("/proc/self/statm");
  std::size_t size = 0, resident = 0, shared = 0, text = 0, libraries = 0, data = 0;
  statm >> size >> resident >> shared >> text >> libraries >> data;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return {size * page, resident * page, data * page};
}

/// What a limit of the process (ulimit) leaves it beyond what it holds.
std::size_t left_of(decltype(RLIMIT_AS) resource, std::size_t held) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return std::numeric_limits<std::size_t>::max();
  return limit.rlim_cur - std::min<std::size_t>(limit.rlim_cur, held);
}

}  // namespace

std::size_t resident_bytes() { return process_size().resident; }

std::size_t peak_resident_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

std::size_t available_bytes() {
  const double bytes = machine_memory().free();
  const std::size_t free =
      std::isfinite(bytes) ? static_cast<std::size_t>(bytes) : std::numeric_limits<std::size_t>::max();
  const ProcessSize size = process_size();
  return std::min({free, left_of(RLIMIT_AS, size.address_space), left_of(RLIMIT_DATA, size.data)});
}

}  // namespace heed
