#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "heed/base/index.h"

namespace heed {

/// The memory of this machine, in bytes, and what of it this process may have.
struct MachineMemory {
  double total = 0;                           // 0: unknown, as below
  double available = 0;                       // without pushing others out
  std::optional<double> limit;                // of the process's control group
  std::optional<double> limit_left;           // until that limit is reached
  std::string transparent_huge_pages;         // "always", "madvise", "never"; empty: unknown
  Index huge_pages = 0, free_huge_pages = 0;  // set aside
  double huge_page_bytes = 0;

  /// What this process can still take: what is available, or what its control groups leave if that is less.
  /// Infinite if the system tells neither.
  double free() const;
};

/// `root` is where the system's files are looked for: /proc, /sys.
MachineMemory machine_memory(const std::filesystem::path& root = "/");

}  // namespace heed
