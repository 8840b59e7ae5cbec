#pragma once
#include <cstdint>
#include <string>

#include "heed/base/index.h"

namespace heed {

/// Made-up paragraphs with questions about them, in SQuAD's JSON (2.0): who lives where, does what and owns
/// what. The sixth question of each paragraph is about somebody whom it says nothing of, so that it has no
/// answer. `count` questions or up to five more; the same count and seed give the same text.
std::string sample_questions(Index count, std::uint64_t seed = 1);

}  // namespace heed
