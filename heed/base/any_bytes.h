#pragma once
#include <string>
#include <string_view>

namespace heed {

// The name of a file may be of any bytes, but JSON and YAML are UTF-8.

/// UTF-8 that says the same: UTF-8 stays as it is, and each other byte becomes the character U+EF00 plus the
/// byte, of those for private use. Such characters themselves are taken apart so that bytes_of gives them
/// back.
std::string utf8_of(std::string_view bytes);

/// The bytes that utf8_of was given.
std::string bytes_of(std::string_view utf8);

}  // namespace heed
