#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/text/mask_token.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// How people write the token that is to be guessed.
inline constexpr std::string_view mask_text = "[MASK]";

/// The ids of a text in which each "[MASK]" is special::mask, a token of its own. A space before it goes with
/// it where pieces hold the space before a word.
std::vector<Index> encode_masked(const Tokenizers& tokenizers, std::string_view text);

/// The text of ids, with "[MASK]" for each special::mask.
std::string decode_masked(const Tokenizer& tokenizer, std::span<const Index> ids);

}  // namespace heed
