#pragma once
#include <filesystem>
#include <optional>

namespace heed {

/// What the control groups (containers, batch systems) that this process is in let it have. Reads version 2
/// and version 1; what cannot be read is no limit.
struct ControlGroup {
  std::optional<double> memory_limit;  // bytes: the least of its own group and those above
  std::optional<double> memory_used;   // bytes, in the group of that limit
  std::optional<double> processors;    // processors' worth of time
};

ControlGroup control_group(const std::filesystem::path& root = "/");

}  // namespace heed
