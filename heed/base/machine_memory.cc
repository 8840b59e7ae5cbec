#include "heed/base/machine_memory.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

#include "heed/base/control_group.h"

namespace heed {

double MachineMemory::free() const {
  constexpr double unlimited = std::numeric_limits<double>::infinity();
  return std::min(available > 0 ? available : unlimited, limit_left.value_or(unlimited));
}

MachineMemory machine_memory(const std::filesystem::path& root) {
  MachineMemory memory;
  std::ifstream in(root / "proc/meminfo");
  for (std::string line; std::getline(in, line);) {
    // "MemTotal:       65842544 kB", "HugePages_Total:       0"
    std::istringstream words(line);
    std::string name, unit;
    double value = 0;
    words >> name >> value >> unit;
    if (unit == "kB") value *= 1024;
    if (name == "MemTotal:") memory.total = value;
    if (name == "MemAvailable:") memory.available = value;
    if (name == "HugePages_Total:") memory.huge_pages = static_cast<Index>(value);
    if (name == "HugePages_Free:") memory.free_huge_pages = static_cast<Index>(value);
    if (name == "Hugepagesize:") memory.huge_page_bytes = value;
  }
  std::ifstream huge(root / "sys/kernel/mm/transparent_hugepage/enabled");
  // "always [madvise] never"
  for (std::string word; huge >> word;)
    if (word.starts_with('[') && word.ends_with(']'))
      memory.transparent_huge_pages = word.substr(1, word.size() - 2);
  const ControlGroup group = control_group(root);
  memory.limit = group.memory_limit;
  memory.limit_left = group.memory_left;
  return memory;
}

}  // namespace heed
