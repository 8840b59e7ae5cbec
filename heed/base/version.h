#pragma once
#include <string_view>

namespace heed {

/// This release. CMakeLists.txt says the same; a test holds the two together.
inline constexpr std::string_view version = "0.1.0";

}  // namespace heed
