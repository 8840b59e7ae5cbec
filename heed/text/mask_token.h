#pragma once
#include "heed/text/tokenizer.h"

namespace heed::special {

/// What stands where a token is to be guessed. No vocabulary has to hold a token of its own for it: a pad is
/// what fills what is not there, and in a batch without padding it stands nowhere else.
inline constexpr Index mask = pad;

}  // namespace heed::special
