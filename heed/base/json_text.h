#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace heed {

/// JSON as text: on one line, or indented. Strings that are no UTF-8 do not fail: their bytes become U+FFFD.
/// Where they have to come back, as names of files do, any_bytes.h says how.
std::string text_of_json(const nlohmann::json& json, int indent = -1);
std::string text_of_json(const nlohmann::ordered_json& json, int indent = -1);

}  // namespace heed
