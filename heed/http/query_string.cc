#include "heed/http/query_string.h"

#include <algorithm>

#include "heed/http/ascii.h"
#include "heed/http/response.h"

namespace heed::http {
namespace {

// More than any client sends, so few that their names can be compared.
constexpr std::size_t most_fields = 1000;

std::string decoded(std::string_view part) {
  std::string text(part);
  std::ranges::replace(text, '+', ' ');
  auto result = percent_decoded(text);
  if (!result)
    throw RequestError(400,
                       "a % in the query or form is not followed by two hexadecimal digits; write it %25");
  return *std::move(result);
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    result += static_cast<char>(16 * high + low);
    i += 2;
  }
  return result;
}

Fields parse_query_string(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (field.empty()) continue;
    if (fields.size() == most_fields)
      throw RequestError(400, message("the query or form has more than ", most_fields, " fields; send JSON"));
    const std::size_t equals = std::min(field.find('='), field.size());
    fields.emplace_back(decoded(field.substr(0, equals)),
                        equals < field.size() ? decoded(field.substr(equals + 1)) : std::string());
  }
  return fields;
}

}  // namespace heed::http
