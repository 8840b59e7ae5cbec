#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace heed {

/// JSON that no HTML parser takes for markup, whatever the strings in it are: for a <script> element. Bytes
/// that are not UTF-8 become U+FFFD.
std::string script_json(const nlohmann::json& value);

/// A page with `value` in place of its {{report}}.
std::string page_with_report(std::string_view page, const nlohmann::json& value);

}  // namespace heed
