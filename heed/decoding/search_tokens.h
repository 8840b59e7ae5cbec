#pragma once
#include <algorithm>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// The tokens that mean something to a search.
struct SearchTokens {
  Index bos = 1;                       // the whole prompt of a translation; searches take prompts
  Index eos = 2;                       // ends a sequence
  std::vector<Index> suppressed = {};  // never written; EOS among them: only limits end a sequence
  std::vector<Index> stop = {};        // end a sequence as EOS does

  bool stops(Index token) const { return std::find(stop.begin(), stop.end(), token) != stop.end(); }
};

}  // namespace heed
