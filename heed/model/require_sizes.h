#pragma once
#include <string_view>

#include "heed/base/error.h"
#include "heed/base/index.h"

namespace heed {

// What every architecture's config asks of its numbers. ConfigError, naming the field, where it does not
// hold.

inline void require_at_least(std::string_view name, Index number, Index least) {
  require<ConfigError>(number >= least, name, " is ", number, ", but must be at least ", least);
}

/// A dropout rate.
inline void require_rate(std::string_view name, double rate) {
  require<ConfigError>(rate >= 0 && rate < 1, name, " is ", rate, ", but must be from 0 to below 1");
}

inline void require_heads_fit(Index width, Index heads) {
  require<ConfigError>(width % heads == 0, "width ", width, " does not divide into ", heads, " heads");
}

/// What is copied is a token of both sides.
inline void require_copy_fits(bool copy, Index source_vocabulary, Index target_vocabulary) {
  require<ConfigError>(!copy || source_vocabulary == target_vocabulary,
                       "copy needs one vocabulary, but the source has ", source_vocabulary,
                       " pieces and the target ", target_vocabulary, "; use a joint tokenizer");
}

}  // namespace heed
