#pragma once
#include <string_view>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// The smallest parts of a text that markup or a protected span may begin and end at: words, single
/// characters of scripts without spaces, single punctuation marks. White space is in none.
std::vector<TextSpan> text_units(std::string_view text);

}  // namespace heed
