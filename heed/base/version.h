#pragma once
#include <string_view>

namespace heed {

/// The version of this library and program: "0.1.0".
std::string_view version();

}  // namespace heed
