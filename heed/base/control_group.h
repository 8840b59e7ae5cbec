#pragma once
#include <filesystem>
#include <optional>

namespace heed {

/// What the control groups (containers, batch systems) that this process is in let it have. Reads version 2
/// and version 1; what cannot be read is no limit.
struct ControlGroup {
  std::optional<double> memory_limit;  // bytes: the least of its own group and those above
  // Bytes that are left of it, or of that of another of these groups if that is less: what a group holds of
  // files only because nobody wanted the room counts as left.
  std::optional<double> memory_left;
  std::optional<double> processors;  // processors' worth of time
};

ControlGroup control_group(const std::filesystem::path& root = "/");

}  // namespace heed
