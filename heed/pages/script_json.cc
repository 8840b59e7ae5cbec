#include "heed/pages/script_json.h"

#include <nlohmann/json.hpp>

#include "heed/base/json_text.h"

namespace heed {

std::string script_json(const nlohmann::json& value) {
  const std::string text = text_of_json(value);
  std::string safe;
  safe.reserve(text.size());
  // These stand in JSON only inside strings, where an escape says the same.
  for (const char c : text) {
    if (c == '<')
      safe += "\\u003c";
    else if (c == '>')
      safe += "\\u003e";
    else if (c == '&')
      safe += "\\u0026";
    else
      safe += c;
  }
  return safe;
}

std::string page_with_report(std::string_view page, const nlohmann::json& value) {
  constexpr std::string_view marker = "{{report}}";
  const std::size_t place = page.find(marker);
  std::string result(page.substr(0, place));
  result += script_json(value);
  result += page.substr(place + marker.size());
  return result;
}

}  // namespace heed
