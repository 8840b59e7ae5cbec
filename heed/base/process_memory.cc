#include "heed/base/process_memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

namespace heed {
namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

/// What the system has free or can free. In KiB in the file.
std::size_t free_of_system() {
  std::ifstream info("/proc/meminfo");
  for (std::string name, unit; info >> name;) {
    std::size_t value = 0;
    if (!(info >> value)) break;
    std::getline(info, unit);
    if (name == "MemAvailable:") return value * 1024;
  }
  return unlimited;
}

/// A number in a file of its own; "max" and files that are not there are none.
std::optional<std::size_t> number_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::size_t value = 0;
  return in >> value ? std::optional(value) : std::nullopt;
}

/// Bytes of a control group's use that it would give up for more: clean pages of files.
std::size_t reclaimable_of(const std::filesystem::path& group) {
  std::ifstream in(group / "memory.stat");
  std::size_t value = 0;
  for (std::string name; in >> name >> value;)
    if (name == "inactive_file") return value;
  return 0;
}

/// What this process's control group (version 2) and those above it have left.
std::size_t free_of_groups() {
  std::ifstream in("/proc/self/cgroup");
  std::size_t least = unlimited;
  const std::filesystem::path root = "/sys/fs/cgroup";
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("0::/")) continue;
    for (std::filesystem::path group = root / line.substr(4);; group = group.parent_path()) {
      const auto limit = number_in(group / "memory.max"), use = number_in(group / "memory.current");
      if (limit && use) {
        const std::size_t held = *use - std::min(*use, reclaimable_of(group));
        least = std::min(least, *limit - std::min(*limit, held));
      }
      if (group == root || group.string().size() <= root.string().size()) break;
    }
  }
  return least;
}

}  // namespace

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t peak_resident_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

std::size_t available_bytes() { return std::min(free_of_system(), free_of_groups()); }

}  // namespace heed
