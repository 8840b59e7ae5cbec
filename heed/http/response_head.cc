#include "heed/http/response_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

namespace heed::http {
namespace {

/// The words that HTTP has for a status (RFC 9110, section 15); no client reads them.
std::string_view reason_of(int status) {
  constexpr std::array reasons{
      std::pair{200, "OK"},
      std::pair{204, "No Content"},
      std::pair{304, "Not Modified"},
      std::pair{400, "Bad Request"},
      std::pair{401, "Unauthorized"},
      std::pair{403, "Forbidden"},
      std::pair{404, "Not Found"},
      std::pair{405, "Method Not Allowed"},
      std::pair{408, "Request Timeout"},
      std::pair{413, "Content Too Large"},
      std::pair{415, "Unsupported Media Type"},
      std::pair{417, "Expectation Failed"},
      std::pair{429, "Too Many Requests"},
      std::pair{431, "Request Header Fields Too Large"},
      std::pair{456, "Quota Exceeded"},  // DeepL's
      std::pair{500, "Internal Server Error"},
      std::pair{501, "Not Implemented"},
      std::pair{503, "Service Unavailable"},
      std::pair{505, "HTTP Version Not Supported"},
  };
  const auto* const found =
      std::ranges::find_if(reasons, [&](const auto& entry) { return entry.first == status; });
  return found == reasons.end() ? "Status" : found->second;
}

/// Now, as HTTP writes it (RFC 9110, section 5.6.7): Sun, 06 Nov 1994 08:49:37 GMT.
std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

}  // namespace

std::string header_lines(const std::vector<Header>& headers) {
  std::string text;
  for (const Header& header : headers) {
    std::string value = header.value;
    std::ranges::replace_if(
        value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    text += header.name + ": " + value + "\r\n";
  }
  return text;
}

std::string response_head(const Response& response, const HeadOptions& options) {
  std::vector<Header> headers{{"Server", "heed"}, {"Date", http_date()}};
  if (!response.content_type.empty()) headers.push_back({"Content-Type", response.content_type});
  if (options.length) headers.push_back({"Content-Length", std::to_string(*options.length)});
  if (options.chunked) headers.push_back({"Transfer-Encoding", "chunked"});
  headers.push_back({"Connection", options.keeps_alive ? "keep-alive" : "close"});
  headers.push_back({"X-Content-Type-Options", "nosniff"});
  return fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status)) +
         header_lines(headers) + header_lines(response.headers);
}

std::string chunk(std::string_view part) {
  return part.empty() ? std::string() : fmt::format("{:x}\r\n{}\r\n", part.size(), part);
}

}  // namespace heed::http
