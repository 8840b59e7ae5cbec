#include "heed/base/processors.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "heed/base/control_group.h"
#include "heed/base/parallel.h"
#include "heed/base/pinning.h"

namespace heed {
namespace {

/// The text behind the colon of "model name : AMD EPYC".
std::string behind_colon(const std::string& line) {
  const std::size_t colon = line.find(':');
  const std::size_t begin = colon == line.npos ? line.npos : line.find_first_not_of(" \t", colon + 1);
  return begin == line.npos ? "" : line.substr(begin);
}

}  // namespace

Processors processors(const std::filesystem::path& root) {
  Processors result;
  std::set<std::pair<std::string, std::string>> cores;
  std::string package;
  std::ifstream in(root / "proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    const std::string value = behind_colon(line);
    if (line.starts_with("processor")) ++result.online;
    if (line.starts_with("model name") && result.name.empty()) result.name = value;
    if (line.starts_with("physical id")) package = value;
    if (line.starts_with("core id")) cores.emplace(package, value);
  }
  result.cores = std::ssize(cores);
  if (utsname system{}; result.name.empty() && ::uname(&system) == 0) result.name = system.machine;
  if (result.online == 0) result.online = ::sysconf(_SC_NPROCESSORS_ONLN);

  result.allowed = allowed_processors();
  result.quota = control_group(root).processors.value_or(0);
  return result;
}

Index threads_within(Index threads, double quota) {
  return quota > 0 ? std::clamp<Index>(static_cast<Index>(quota), 1, threads) : threads;
}

Index usual_threads() {
  // Asked for once: it means reading files of the system.
  static const double quota = control_group().processors.value_or(0);
  return std::getenv("OMP_NUM_THREADS") ? thread_count() : threads_within(thread_count(), quota);
}

std::string ranges_text(const std::vector<int>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(numbers[i]);
    if (last > i) text += "-" + std::to_string(numbers[last]);
    i = last + 1;
  }
  return text;
}

}  // namespace heed
