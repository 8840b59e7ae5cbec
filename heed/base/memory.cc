#include "heed/base/memory.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "heed/base/control_group.h"

namespace heed {

double MachineMemory::free() const {
  if (!limit) return available;
  return std::max(0.0, std::min(available, *limit - limit_used.value_or(0)));
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
  memory.limit_used = group.memory_used;
  return memory;
}

double resident_bytes() {
  std::array<char, 128> text{};
  const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  const ssize_t size = ::read(file, text.data(), text.size() - 1);
  ::close(file);
  if (size <= 0) return 0;
  // SIZE RESIDENT SHARED ..., in pages
  char* end = text.data();
  std::strtoul(end, &end, 10);
  return static_cast<double>(std::strtoul(end, nullptr, 10)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace heed
