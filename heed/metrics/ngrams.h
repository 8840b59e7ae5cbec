#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A word or character as a number: equal tokens of one comparison have equal numbers.
using Token = std::int32_t;

/// Gives words numbers in the order of their first appearance, over all sequences together.
std::vector<std::vector<Token>> number_words(std::span<const std::vector<std::string_view>> sequences);

/// How often each n-gram of one order occurs in each sequence: counts[sequence][n-gram]. The n-grams of all
/// sequences share one numbering.
using NgramCounts = std::vector<std::vector<std::int32_t>>;

/// The counts of the orders 1 to `orders`: result[n - 1] is of order n.
std::vector<NgramCounts> count_ngrams(const std::vector<std::vector<Token>>& sequences, Index orders);

/// The n-grams that two sequences share, each as often as the one that has it less often.
Index count_matches(std::span<const std::int32_t> left, std::span<const std::int32_t> right);

/// The n-grams of a sequence, each as often as it occurs.
Index count_all(std::span<const std::int32_t> counts);

}  // namespace heed
