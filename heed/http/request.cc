#include "heed/http/request.h"

#include "heed/http/ascii.h"

namespace heed::http {

std::string_view Request::header(std::string_view name) const {
  for (const Header& line : headers)
    if (equal_ignoring_case(line.name, name)) return line.value;
  return {};
}

std::string Request::content_type() const {
  const std::string_view value = header("content-type");
  return lower(trimmed_blanks(value.substr(0, value.find(';'))));
}

}  // namespace heed::http
