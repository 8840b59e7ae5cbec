#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "heed/base/index.h"

namespace heed {

/// The fewest insertions, deletions, replacements and swaps of neighbors that turn one word into the other
/// (in bytes).
Index edit_distance(std::string_view a, std::string_view b);

/// The candidate that a misspelt word most likely meant, if any is near enough.
std::optional<std::string> suggestion(std::string_view word, std::span<const std::string> candidates);

/// "; did you mean 'learning_rate'?", or nothing where no candidate is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace heed
