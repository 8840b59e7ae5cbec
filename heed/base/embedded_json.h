#pragma once
#include <string>
#include <string_view>

namespace heed {

/// A page of web/ with JSON where it has {{report}}, within a script element. Whatever texts the JSON holds,
/// no HTML parser takes them for markup: "<", ">" and "&" are written as escapes, which say the same.
std::string page_with(std::string_view page, std::string_view json);

}  // namespace heed
