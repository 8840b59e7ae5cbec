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

}  // namespace heed
