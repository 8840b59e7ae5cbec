#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "heed/http/router.h"
#include "heed/http/server_options.h"

namespace heed::http {

/// What became of a request.
struct Answered {
  const Request& request;  // of one that could not be read: only what is known of it; but for its caller
  Caller caller{};
  int status = 0;           // 0: the client had gone
  std::uint64_t bytes = 0;  // of the body
  double seconds = 0;       // from the request's last byte to the answer's
  bool whole = true;        // false: cut off
};

/// What a server tells as it goes, on its own thread: must be quick and not throw.
struct ServerEvents {
  std::function<void(const Answered&)> answered = {};
  std::function<void()> reload = {};  // SIGHUP; runs as a handler does
};

/// An HTTP/1.1 server. One thread, that which calls run(), reads and writes all connections; handlers run on
/// it if they never wait, or on threads of a pool. Whoever is slow holds nothing but a connection.
class Server {
 public:
  /// Begins to listen. ConfigError if that cannot be. The routes must outlive the server.
  Server(const ServerOptions& options, const Router& routes, ServerEvents events = {});
  /// Waits for handlers that still run.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Where it listens: "http://127.0.0.1:5000" or "unix:/run/heed.sock".
  const std::string& address() const;
  /// 0 for a UNIX socket.
  std::uint16_t port() const;

  /// SIGTERM and SIGINT stop it, a second one at once; SIGHUP reloads. Once, before run().
  void obey_signals();
  /// Serves until it is stopped: then no connection is taken any more, requests that are there are answered,
  /// and after the grace what is left is cut off. Whether all were answered.
  bool run();
  /// From any thread.
  void stop();

  /// From any thread.
  std::size_t connections() const;
  std::size_t requests_in_flight() const;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace heed::http
