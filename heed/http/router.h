#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/http/handler.h"

namespace heed::http {

/// Which thread runs a handler.
enum class Runs {
  on_io_thread,  // what takes microseconds and never waits: health, metrics, pages, lists
  in_pool,       // everything else: parsing a body, work that waits
};

/// Who may ask.
enum class Access {
  open,   // anybody
  keyed,  // whom the operator lets: by API key if there are keys, within limits
};

/// What a path and method lead to. In a pattern a segment {name} stands for any one segment.
struct Route {
  std::string method;   // GET, POST
  std::string pattern;  // /v1/models/{model}
  Handler handler;
  Runs runs = Runs::in_pool;
  Access access = Access::keyed;
  ErrorFormat errors = plain_error;
};

/// The routes of a server. Which path there is decides nothing but the text: no file is ever looked up.
class Router {
 public:
  /// std::logic_error for a route that there is already.
  void add(Route route);

  /// The route of a method and a path, with request.route and request.captures set. RequestError: 404 where
  /// no route has the path, 405 where another method has.
  const Route& find(Request& request) const;

  /// Methods that a path answers to, GET with HEAD, OPTIONS always; empty for no such path.
  std::vector<std::string> methods(std::string_view path) const;

  const std::vector<Route>& routes() const { return routes_; }

  /// Puts something between each route and its handler.
  void wrap(const std::function<Handler(const Route&)>& wrapped) {
    for (Route& route : routes_) route.handler = wrapped(route);
  }

 private:
  std::vector<Route> routes_;
};

/// Runs a route's handler; what it throws is sent in the route's format: a RequestError with its status,
/// another of heed's errors as 400 (bad text, bad setting) or 500 (a model, a file), any other exception as
/// 500 with the request's id, the message going to the log alone.
void run_handler(const Route& route, Request& request, const Reply& reply);

}  // namespace heed::http
