#pragma once
#include <string>
#include <string_view>

namespace heed {

/// The code (ISO 639: de) of the language that a text names: by a code (de, deu, de-AT), in English (German)
/// or in the language itself (Deutsch), in upper or lower case; empty if it names none.
std::string language_named(std::string_view text);

}  // namespace heed
