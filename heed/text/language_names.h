#pragma once
#include <string_view>

namespace heed {

/// Whether a text names a language: by a code (de, deu, de-AT), in English (German) or in the language itself
/// (Deutsch), in upper or lower case; a region may follow (German (Austria)).
bool names_language(std::string_view text);

/// Whether it names that of a code, likewise.
bool names_language(std::string_view text, std::string_view code);

}  // namespace heed
