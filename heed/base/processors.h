#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// The processors of this machine and what of them this process may use.
struct Processors {
  std::string name;          // "AMD EPYC 9755", or what the system is called if it gives none
  Index online = 0;          // logical processors that the system runs
  Index cores = 0;           // of which some may share one; 0: unknown
  std::vector<int> allowed;  // numbers of those that this process may run on
  double quota = 0;          // processors' worth of time that its control group gets; 0: no limit
};

/// `root` is where the system's files are looked for: /proc, /sys.
Processors processors(const std::filesystem::path& root = "/");

/// Numbers as ranges: "0-3,6".
std::string ranges_text(const std::vector<int>& numbers);

}  // namespace heed
