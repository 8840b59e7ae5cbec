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

/// So many threads of those that a loop may use as get their time: with a quota of half a processor, more
/// than one would only wait for each other.
Index threads_within(Index threads, double quota);

/// The threads that a command takes unless it is told: those that loops may use, within the quota of the
/// control group; where OMP_NUM_THREADS says how many, those.
Index usual_threads();

/// Numbers as ranges: "0-3,6".
std::string ranges_text(const std::vector<int>& numbers);

}  // namespace heed
