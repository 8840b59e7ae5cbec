#include "heed/base/embedded_json.h"

namespace heed {

std::string page_with(std::string_view page, std::string_view json) {
  constexpr std::string_view marker = "{{report}}";
  const std::size_t place = page.find(marker);
  std::string result;
  result.reserve(page.size() + json.size() + json.size() / 16);
  result += page.substr(0, place);
  // In JSON, these three stand inside strings only.
  for (const char c : json) {
    if (c == '<')
      result += "\\u003c";
    else if (c == '>')
      result += "\\u003e";
    else if (c == '&')
      result += "\\u0026";
    else
      result += c;
  }
  result += page.substr(place + marker.size());
  return result;
}

}  // namespace heed
