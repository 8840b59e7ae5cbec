#pragma once
#include <cstdint>
#include <vector>

#include "heed/base/index.h"
#include "heed/corpus/text_pair.h"

namespace heed {

/// Made-up notes and their subjects, which follow from them: most words of a subject stand in its note. The
/// same count and seed give the same pairs.
std::vector<TextPair> sample_summaries(Index count, std::uint64_t seed);

}  // namespace heed
