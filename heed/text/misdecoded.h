#pragma once
#include <string_view>

namespace heed {

/// Whether well-formed UTF-8 holds text that was once taken for Windows-1252 though it was UTF-8: "Ã¤" for
/// "ä", "â€™" for an apostrophe. What a sentence in any language may hold by chance is not enough.
bool looks_misdecoded(std::string_view text);

}  // namespace heed
