#include "heed/http/multipart.h"

#include <optional>

#include "heed/http/ascii.h"
#include "heed/http/query_string.h"
#include "heed/http/response.h"

namespace heed::http {
namespace {

constexpr std::size_t most_parts = 1000, longest_head = 4096;

[[noreturn]] void refuse(std::string_view why) {
  throw RequestError(400, message("Invalid multipart body: ", why));
}

/// The value of a parameter in `form-data; name="q"`; the name may be quoted, with \" and \\ in it, or be a
/// token.
std::optional<std::string> parameter(std::string_view line, std::string_view wanted) {
  std::size_t at = line.find(';');
  while (at != std::string_view::npos && at < line.size()) {
    at = line.find_first_not_of("; \t", at);
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t equals = line.find('=', at);
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed_blanks(line.substr(at, equals - at));
    std::string value;
    at = line.find_first_not_of(" \t", equals + 1);
    if (at == std::string_view::npos) at = line.size();
    if (at < line.size() && line[at] == '"') {
      for (++at; at < line.size() && line[at] != '"'; ++at) {
        // Browsers write a quote as %22 and leave backslashes alone; others escape both.
        if (line[at] == '\\' && at + 1 < line.size() && (line[at + 1] == '"' || line[at + 1] == '\\')) ++at;
        value += line[at];
      }
      if (at == line.size()) refuse("a quoted value in the head of a part does not end");
      at = line.find(';', at);
    } else {
      const std::size_t end = std::min(line.find(';', at), line.size());
      value = trimmed_blanks(line.substr(at, end - at));
      at = end;
    }
    if (equal_ignoring_case(name, wanted)) return value;
  }
  return std::nullopt;
}

FormPart part_with(std::string_view head) {
  FormPart part;
  bool named = false;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) refuse("a line in the head of a part has no colon");
    const std::string_view name = line.substr(0, colon), value = trimmed_blanks(line.substr(colon + 1));
    if (equal_ignoring_case(name, "content-disposition")) {
      const auto field = parameter(value, "name");
      if (!field) refuse("a part has no name");
      part.name = *field;
      named = true;
      if (const auto filename = parameter(value, "filename")) {
        part.file = true;
        part.filename = *filename;
      }
    } else if (equal_ignoring_case(name, "content-type")) {
      part.content_type = value;
    } else if (equal_ignoring_case(name, "content-transfer-encoding") &&
               !equal_ignoring_case(value, "binary") && !equal_ignoring_case(value, "8bit") &&
               !equal_ignoring_case(value, "7bit")) {
      refuse("a part is encoded (Content-Transfer-Encoding); send its bytes as they are");
    }
  }
  if (!named) refuse("a part has no Content-Disposition");
  return part;
}

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70)
    refuse("its Content-Type names no boundary of 1 to 70 characters");
  for (const char c : *boundary)
    if (c < ' ' || c > '~') refuse("its boundary has characters that none may have");
  return *boundary;
}

std::vector<FormPart> parse_multipart(std::string_view body, std::string_view boundary) {
  const std::string first = "--" + std::string(boundary), next = "\r\n" + first;
  std::vector<FormPart> parts;
  // What stands before the first boundary is nobody's.
  std::size_t at = body.starts_with(first) ? first.size() : body.find(next);
  if (at == std::string_view::npos) refuse("its boundary is nowhere in it");
  if (!body.starts_with(first)) at += next.size();
  while (!body.substr(at).starts_with("--")) {
    const std::size_t line = body.find("\r\n", at);
    if (line == std::string_view::npos) refuse("it ends within a part");
    if (!trimmed_blanks(body.substr(at, line - at)).empty())
      refuse("something follows a boundary on its line");
    if (parts.size() == most_parts) refuse(message("it has more than ", most_parts, " parts"));
    const std::size_t head_end = body.find("\r\n\r\n", line);
    if (head_end == std::string_view::npos) refuse("the head of a part does not end");
    if (head_end - line > longest_head)
      refuse(message("the head of a part is longer than ", longest_head, " bytes"));
    const std::size_t content = head_end + 4;
    // An empty content shares its first line end with that before the boundary.
    const std::size_t end = body.find(next, head_end + 2);
    if (end == std::string_view::npos) refuse("it ends within a part");
    FormPart part =
        part_with(head_end > line ? body.substr(line + 2, head_end - line - 2) : std::string_view());
    part.content = end > content ? body.substr(content, end - content) : std::string_view();
    parts.push_back(std::move(part));
    at = end + next.size();
  }
  return parts;
}

}  // namespace heed::http
