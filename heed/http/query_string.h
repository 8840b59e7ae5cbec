#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heed::http {

/// Names and values in their order; a name may come several times.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// The text with %XX resolved; nothing where a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

/// The fields of a=b&c=d, which is both a query string and a form's body (application/x-www-form-urlencoded,
/// as the URL standard parses it, but for malformed escapes). RequestError 400 for those, and for more than
/// 1,000 fields.
Fields parse_query_string(std::string_view text);

}  // namespace heed::http
