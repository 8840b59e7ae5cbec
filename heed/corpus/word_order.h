#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/random.h"
#include "heed/corpus/text_pair.h"

namespace heed {

/// The words of a text, parted by white space, in an order that is drawn; single spaces between them.
std::string shuffled_words(std::string_view text, Random& random);

/// Pairs whose sources are shuffled, the same for the same seed, and whether that changed each.
struct ShuffledSources {
  std::vector<TextPair> pairs;
  std::vector<bool> changed;
};
ShuffledSources shuffle_sources(const std::vector<TextPair>& pairs, std::uint64_t seed);

}  // namespace heed
