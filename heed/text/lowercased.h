#pragma once
#include <string>
#include <string_view>

namespace heed {

/// UTF-8 text in lower case: full Unicode mapping in no particular language, so final sigma is seen to,
/// Turkish dotless i is not.
std::string lowercased(std::string_view text);

}  // namespace heed
