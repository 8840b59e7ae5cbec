#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/http/response.h"

namespace heed::http {

/// How the body of an answer is delimited, and what becomes of the connection.
struct HeadOptions {
  std::optional<std::size_t> length = std::nullopt;  // none: there is no body, or it comes in parts
  bool chunked = false;
  bool keeps_alive = false;
};

/// Status line and headers, without the empty line that ends them. Line ends in values become spaces, so that
/// no text can add a header.
std::string response_head(const Response& response, const HeadOptions& options);

/// Further headers, as they stand in a head.
std::string header_lines(const std::vector<Header>& headers);

/// A part of a body in the chunked coding; nothing for an empty part, which would be the last chunk.
std::string chunk(std::string_view part);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace heed::http
