#pragma once
#include <string>
#include <string_view>

namespace heed {

/// A text in UTF-8 with small letters for capital ones, of any script.
std::string lowercased(std::string_view text);

}  // namespace heed
