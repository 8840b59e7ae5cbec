#pragma once
#include <string>

#include "heed/text/token_texts.h"
#include "heed/text/whitespace_tokenizer.h"

namespace heed {

/// The special ids, then words of one letter: a is 4, b is 5, and so on.
inline WhitespaceTokenizer letters(Index count) {
  std::string vocabulary = "<pad>\n<s>\n</s>\n<unk>\n";
  for (Index i = 0; i < count; ++i) vocabulary += std::string(1, static_cast<char>('a' + i)) + "\n";
  return {vocabulary, BpeJoining::keep, "letters"};
}

}  // namespace heed
