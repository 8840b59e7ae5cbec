#pragma once
#include <memory>
#include <thread>
#include <vector>

#include "heed/http/server.h"
#include "tests/support/http_client.h"

namespace heed::http {

/// A server on a free port of this machine, in a thread of the test's, until it goes.
class RunningServer {
 public:
  explicit RunningServer(const Router& routes, ServerOptions options = {}, ServerEvents events = {})
      : server_(on_free_port(std::move(options)), routes, std::move(events)),
        thread_([this] { all_answered_ = server_.run(); }) {}
  ~RunningServer() { stop(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  /// Waits for its end. Whether all requests were answered.
  bool stop() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
    return all_answered_;
  }
  Server& server() { return server_; }
  std::uint16_t port() const { return server_.port(); }

 private:
  static ServerOptions on_free_port(ServerOptions options) {
    options.port = 0;
    return options;
  }

  bool all_answered_ = false;
  Server server_;
  std::thread thread_;
};

}  // namespace heed::http
