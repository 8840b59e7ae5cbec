#pragma once
#include "heed/data/token_stream.h"

namespace heed {

/// Tokens of a stream from one on and before another.
struct TokenRange {
  const TokenStream& stream;
  Index begin, end;
};

/// How many tokens of a text another one has, too: of the runs of `run` tokens that the first is cut into,
/// those that stand anywhere in the second. A text that is shorter is one run. Takes memory for the first
/// alone.
Index tokens_shared_with(const TokenRange& text, const TokenRange& other, Index run = 64);

}  // namespace heed
