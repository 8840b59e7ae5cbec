#pragma once
#include <string_view>

namespace heed {

/// Whether the rules of normalization that a SentencePiece model holds (its precompiled_charsmap) can be
/// followed: a trie in a double array, as Darts-clone lays it out, whose leaves point into the texts behind
/// it. SentencePiece follows them without looking where they lead.
bool is_sound_character_map(std::string_view bytes);

}  // namespace heed
