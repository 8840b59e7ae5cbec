#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace heed::http {

/// A line of a message's head.
struct Header {
  std::string name{}, value{};
};

/// Who asks.
struct Caller {
  std::string address{};  // without its port; "unix" where it came by the UNIX socket
  std::string key{};      // the name of the API key that was given, never the key; or empty
};

/// A request, read whole and checked: its framing is unambiguous (RFC 9112, section 6), its path and query
/// are well-formed. Body and header values may be any bytes.
struct Request {
  std::string method{};           // GET, POST and so on; HEAD arrives as GET
  std::string path{};             // with escapes resolved, without the query; begins with /
  std::string query{};            // what follows ?, as it was sent
  std::vector<Header> headers{};  // in their order
  std::string body{};

  std::uint64_t id = 0;  // of this request in this process: stands in logs and in answers with an error
  std::chrono::steady_clock::time_point arrival{};  // of its last byte
  std::stop_token client_gone{};                    // asked to stop once nobody waits for the answer any more

  // What is found out on the way to the handler, by one thread.
  std::string route{};  // the pattern that the path matched, /v1/models/{model}, say; or empty
  std::vector<std::string> captures{};  // what stood for each {} of the pattern
  Caller caller{};
  std::optional<std::int64_t> character_limit{};  // of its texts, where the key has one of its own

  /// The value of the first header of this name, upper or lower case; empty if there is none.
  std::string_view header(std::string_view name) const;
  /// Media type of the body in lower case, without parameters: "application/json"; empty if not said.
  std::string content_type() const;
};

}  // namespace heed::http
