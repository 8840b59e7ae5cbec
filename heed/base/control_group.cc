#include "heed/base/control_group.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace heed {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

/// "max", -1 and nothing at all are no limit.
std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 0) return std::nullopt;
  return value;
}

/// The folders of a group and of those above it, in which limits may stand. Within a container the path that
/// the process is told is often that outside: the top is looked at in any case.
std::vector<fs::path> folders(const fs::path& top, const std::string& group) {
  std::vector<fs::path> all;
  for (fs::path path = fs::path(group).relative_path(); !path.empty(); path = path.parent_path())
    if (std::error_code ignored; fs::is_directory(top / path, ignored)) all.push_back(top / path);
  all.push_back(top);
  return all;
}

/// Where a version keeps the limit, the use, and what of the use the group would give up for more.
struct MemoryFiles {
  const char *limit, *used, *reclaimable;
};
constexpr MemoryFiles version_2{"memory.max", "memory.current", "inactive_file"};
constexpr MemoryFiles version_1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};

double reclaimable(const fs::path& folder, std::string_view name) {
  std::ifstream in(folder / "memory.stat");
  double value = 0;
  for (std::string word; in >> word >> value;)
    if (word == name) return value;
  return 0;
}

void limit_memory(ControlGroup& group, const fs::path& folder, const MemoryFiles& files) {
  // Version 1 writes "no limit" as the largest number of pages.
  constexpr double unlimited = 1e18;
  const auto bytes = number(first_line(folder / files.limit));
  if (!bytes || *bytes > unlimited) return;
  group.memory_limit = std::min(group.memory_limit.value_or(unlimited), *bytes);
  const double used = number(first_line(folder / files.used)).value_or(0);
  const double held = std::max(0.0, used - reclaimable(folder, files.reclaimable));
  group.memory_left = std::min(group.memory_left.value_or(unlimited), std::max(0.0, *bytes - held));
}

void limit_processors(ControlGroup& group, std::optional<double> quota, std::optional<double> period) {
  if (!quota || !period || *period <= 0) return;
  group.processors = std::min(group.processors.value_or(*quota / *period), *quota / *period);
}

}  // namespace

ControlGroup control_group(const fs::path& root) {
  ControlGroup group;
  const fs::path top = root / "sys/fs/cgroup";
  std::ifstream in(root / "proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    // NUMBER:CONTROLLERS:PATH; version 2 is number 0 without controllers.
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == line.npos || second == line.npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const std::string path = line.substr(second + 1);
    if (controllers == ",,")
      for (const fs::path& folder : folders(top, path)) {
        limit_memory(group, folder, version_2);
        std::istringstream words(first_line(folder / "cpu.max"));
        std::string quota, period;
        words >> quota >> period;
        limit_processors(group, number(quota), number(period));
      }
    if (controllers.find(",memory,") != controllers.npos)
      for (const fs::path& folder : folders(top / "memory", path)) limit_memory(group, folder, version_1);
    if (controllers.find(",cpu,") != controllers.npos)
      for (const fs::path& folder : folders(top / "cpu", path))
        limit_processors(group, number(first_line(folder / "cpu.cfs_quota_us")),
                         number(first_line(folder / "cpu.cfs_period_us")));
  }
  return group;
}

}  // namespace heed
