#pragma once
#include <algorithm>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// The tokens that mean something to a search.
struct SearchTokens {
  Index bos = 1;                       // the whole prompt of a translation; searches take prompts
  Index eos = 2;                       // ends a sequence
  std::vector<Index> suppressed = {};  // never written; EOS among them: only limits end a sequence
  std::vector<Index> stop = {};        // end a sequence as EOS does

  bool stops(Index token) const { return std::find(stop.begin(), stop.end(), token) != stop.end(); }
};

/// Those of heed's tokenizers: padding, BOS and unknown words are never written.
inline SearchTokens search_tokens() {
  return {.bos = special::bos, .eos = special::eos, .suppressed = {special::pad, special::bos, special::unk}};
}

/// The same of a model that has never seen EOS: it writes on until a limit.
inline SearchTokens search_tokens_without_eos() {
  SearchTokens tokens = search_tokens();
  tokens.suppressed.push_back(special::eos);
  return tokens;
}

}  // namespace heed
