#include "heed/http/parameters.h"

#include "heed/http/ascii.h"
#include "heed/http/json_body.h"
#include "heed/http/multipart.h"
#include "heed/http/query_string.h"
#include "heed/http/response.h"
#include "heed/text/unicode.h"

namespace heed::http {
namespace {

using nlohmann::json;

void check_utf8(std::string_view text, std::string_view what) {
  if (first_invalid_utf8(text))
    throw RequestError(400, message("Invalid request: ", what, " is not UTF-8; convert it first"));
}

/// CR LF and CR as LF: browsers send each line of a text area with CR LF.
std::string with_line_feeds(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      result += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      result += '\n';
  }
  return result;
}

/// Adds a value; one of a name that there is makes an array of both.
void add(json& parameters, const std::string& name, json value) {
  check_utf8(name, "the name of a field");
  const auto [place, fresh] = parameters.emplace(name, nullptr);
  if (fresh) {
    *place = std::move(value);
  } else {
    if (!place->is_array()) *place = json::array({std::move(*place)});
    place->push_back(std::move(value));
  }
}

void add_fields(json& parameters, const Fields& fields) {
  for (const auto& [name, value] : fields) {
    check_utf8(value, "field " + printable(name));
    add(parameters, name, with_line_feeds(value));
  }
}

void add_parts(json& parameters, const Request& request) {
  const std::string boundary = multipart_boundary(request.header("content-type"));
  for (FormPart& part : parse_multipart(request.body, boundary)) {
    if (part.file) {
      check_utf8(part.filename, "the name of a file");
      add(parameters, part.name,
          {{"filename", std::move(part.filename)},
           {"content_type", std::move(part.content_type)},
           {"content", std::move(part.content)}});
    } else {
      check_utf8(part.content, "field " + printable(part.name));
      add(parameters, part.name, with_line_feeds(part.content));
    }
  }
}

bool is_json(const std::string& type) { return type == "application/json" || type.ends_with("+json"); }

}  // namespace

json parameters_of(const Request& request) {
  json parameters = json::object();
  add_fields(parameters, parse_query_string(request.query));
  if (request.body.empty()) return parameters;
  const std::string type = request.content_type();
  if (is_json(type)) {
    json body = parse_json_body(request.body);
    if (!body.is_object()) throw RequestError(400, "Invalid JSON format: the body is not an object");
    parameters.update(body);  // a body says more than an address does
  } else if (type == "application/x-www-form-urlencoded") {
    add_fields(parameters, parse_query_string(request.body));
  } else if (type == "multipart/form-data") {
    add_parts(parameters, request);
  } else {
    throw RequestError(
        415, message("Content-Type ", type.empty() ? "is missing" : printable(type) + " is not known",
                     "; send application/json, application/x-www-form-urlencoded or "
                     "multipart/form-data"));
  }
  return parameters;
}

}  // namespace heed::http
