#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heed {

/// Examples of two texts each: source and target, or label and text.
using HeldOutTexts = std::vector<std::pair<std::string, std::string>>;

/// Keeps what a run took out of its corpus to validate on, as text: when the run goes on, whatever its corpus
/// is by then, it must neither learn from them nor be validated on what it has learned from.
void save_held_out(const std::filesystem::path& file, const HeldOutTexts& texts);

/// Nothing if there is no such file. DataError if it is damaged.
std::optional<HeldOutTexts> load_held_out(const std::filesystem::path& file);

}  // namespace heed
