#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace heed::http {

/// A part of a form that was sent as multipart/form-data (RFC 7578).
struct FormPart {
  std::string name;
  bool file = false;  // it has a file name, which may be empty
  std::string filename;
  std::string content_type;  // empty: text
  std::string content;
};

/// The boundary in a Content-Type. RequestError 400 if there is none, or none that RFC 2046 allows.
std::string multipart_boundary(std::string_view content_type);

/// The parts of a body. RequestError 400 for a body without its last boundary, for parts without a name, with
/// heads of more than 4 KiB, and for more than 1,000 parts.
std::vector<FormPart> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace heed::http
