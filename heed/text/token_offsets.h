#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// A token and the bytes of the text that it stands for: [begin, end), empty where there are none, such as a
/// piece that is nothing but a space.
struct PlacedToken {
  Index id = 0;
  std::size_t begin = 0, end = 0;
};

/// The ids of a text as encode() gives them word by word, each with its place in the text. Where the
/// tokenizer changes a word (its normalization makes it longer, say), each of its tokens stands for all of
/// it. A word is what stands between white space, or a part of one that is longer than any word is.
std::vector<PlacedToken> encode_with_offsets(const Tokenizer& tokenizer, std::string_view text);

}  // namespace heed
