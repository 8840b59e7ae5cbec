#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// Sentences of a small made-up English, one a line, for models that fill in masked words: each word that is
/// masked follows from the others (an animal from what it eats, "his" from a name, a sum from its parts). The
/// same count and seed give the same sentences.
std::vector<std::string> sample_sentences(Index count, std::uint64_t seed = 1);

}  // namespace heed
