#pragma once
#include "heed/decoding/beam_search.h"
#include "heed/text/tokenizer.h"

namespace heed {

/// Those of heed's tokenizers: padding, BOS and unknown words are never written.
inline SearchTokens search_tokens() {
  return {.bos = special::bos,
          .eos = special::eos,
          .suppressed = {special::pad, special::bos, special::unk}};
}

}  // namespace heed
