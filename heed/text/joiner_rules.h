#pragma once
#include <string>
#include <string_view>

namespace heed {

/// Whether a text holds U+200C or U+200D, which tell words of Persian and of Indic scripts apart, or join
/// emoji.
bool holds_joiner(std::string_view text);

/// The rules of normalization that a SentencePiece model holds (its precompiled_charsmap; they must be
/// sound), with both joiners left as they are. nmt_nfkc makes a space of the first.
std::string with_joiners_kept(std::string_view rules);

}  // namespace heed
