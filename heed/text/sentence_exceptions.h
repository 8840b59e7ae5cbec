#pragma once
#include <string_view>

namespace heed {

/// Whether a full stop at the end of `text` probably ends no sentence, in the language of a code ("de"),
/// although more text follows: behind initials ("J. R. Smith"), behind abbreviations that are hardly ever a
/// sentence's last word ("Nr.", "z. B."), and behind ordinal numbers in languages that write them so ("am 3.
/// Oktober"). Meant for what ICU's own list of abbreviations leaves over.
bool stop_within_sentence(std::string_view text, std::string_view language);

}  // namespace heed
