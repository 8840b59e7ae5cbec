#pragma once
#include "heed/base/fields.h"
#include "heed/http/request_parser.h"

namespace heed::http {

/// Where a server listens and what it puts up with.
struct ServerOptions {
  std::string host = "127.0.0.1";
  Index port = 5000;
  std::optional<std::filesystem::path> unix_socket = std::nullopt;
  std::vector<std::string> cors_origins{"*"};
  Index connections = 1024;
  Index connections_per_address = 64;
  Index handlers = 64;
  Index header_bytes = 16 * 1024;
  Index body_bytes = 1024 * 1024;
  Index waiting_body_bytes = 256 * 1024 * 1024;
  double header_seconds = 10;
  double body_seconds = 30;
  double answer_seconds = 60;
  double write_seconds = 30;
  double keep_alive_seconds = 60;
  double grace = 10;

  static constexpr std::string_view title = "Server";
  static constexpr auto fields() {
    using S = ServerOptions;
    return std::tuple(
        field("host", &S::host,
              "address to listen at; 0.0.0.0 or :: for any network, which wants keys or a proxy in front"),
        field("port", &S::port, "port to listen at (0: any that is free, which is told)", {0, 65535}),
        field("unix_socket", &S::unix_socket, "listen at a UNIX socket with this path instead of a port"),
        field("cors_origins", &S::cors_origins,
              "web pages of these origins may ask (https://example.org; *: of any; none: of none)"),
        field("connections", &S::connections, "maximum number of open connections", {1, 1 << 20}),
        field("connections_per_address", &S::connections_per_address,
              "maximum number of open connections of one address, but for this machine's own", {1, 1 << 20}),
        field("handlers", &S::handlers, "maximum number of requests that are read and prepared at once",
              {1, 1024}),
        field("header_bytes", &S::header_bytes, "maximum size of a request's head", {256, 1 << 20}),
        field("body_bytes", &S::body_bytes, "maximum size of a request's body", {1, 1 << 30}),
        field("waiting_body_bytes", &S::waiting_body_bytes,
              "maximum size of the bodies of all requests that are being read or answered", {1}),
        field("header_seconds", &S::header_seconds, "time in which a request's head must be there",
              {0.01, 86400}),
        field("body_seconds", &S::body_seconds, "time in which a request's body must be there",
              {0.01, 86400}),
        field("answer_seconds", &S::answer_seconds,
              "time in which an answer must begin, and go on where it comes in parts", {0.01, 86400}),
        field("write_seconds", &S::write_seconds, "time in which a client must take 64 KiB of an answer",
              {0.01, 86400}),
        field("keep_alive_seconds", &S::keep_alive_seconds, "time that an idle connection stays open",
              {0.01, 86400}),
        field("grace", &S::grace,
              "seconds that requests have to be answered once the server is told to end (SIGTERM)",
              {0, 86400}));
  }
};

}  // namespace heed::http
