#include "heed/http/router.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <stdexcept>

namespace heed::http {
namespace {

/// The first segment of a path that begins with /, and what follows it.
std::pair<std::string_view, std::string_view> split_segment(std::string_view path) {
  const std::size_t end = std::min(path.find('/', 1), path.size());
  return {path.substr(1, end - 1), path.substr(end)};
}

/// What stands for each {} of the pattern, if the path is of its kind.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::vector<std::string> captures;
  while (!pattern.empty() && !path.empty()) {
    const auto [wanted, pattern_rest] = split_segment(pattern);
    const auto [segment, path_rest] = split_segment(path);
    if (wanted.starts_with('{')) {
      if (segment.empty()) return std::nullopt;
      captures.emplace_back(segment);
    } else if (wanted != segment) {
      return std::nullopt;
    }
    pattern = pattern_rest, path = path_rest;
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return captures;
}

}  // namespace

void Router::add(Route route) {
  for (const Route& other : routes_)
    if (other.method == route.method && other.pattern == route.pattern)
      throw std::logic_error("two routes for " + route.method + " " + route.pattern);
  routes_.push_back(std::move(route));
}

const Route& Router::find(Request& request) const {
  bool other_method = false;
  for (const Route& route : routes_) {
    auto captures = match(route.pattern, request.path);
    if (!captures) continue;
    if (route.method == request.method) {
      request.route = route.pattern;
      request.captures = *std::move(captures);
      return route;
    }
    other_method = true;
  }
  if (other_method) throw RequestError(405, "Method not allowed: see the header Allow");
  throw RequestError(404, "Not found: there is nothing at this address; /openapi.json lists what there is");
}

std::vector<std::string> Router::methods(std::string_view path) const {
  std::vector<std::string> methods;
  for (const Route& route : routes_) {
    if (!match(route.pattern, path)) continue;
    methods.push_back(route.method);
    if (route.method == "GET") methods.emplace_back("HEAD");
  }
  if (!methods.empty()) methods.emplace_back("OPTIONS");
  return methods;
}

void run_handler(const Route& route, Request& request, const Reply& reply) {
  const auto refuse = [&](int status, std::string_view why) { reply.send(route.errors(status, why)); };
  const auto fail = [&](const char* why) {
    std::cerr << message("heed: request ", request.id, ", ", request.route, ": ", why, "\n");
    refuse(500, message("Internal error: the server's log says more of request ", request.id));
  };
  try {
    route.handler(request, reply);
  } catch (const RequestError& error) {
    Response response = route.errors(error.status(), error.what());
    if (const auto seconds = error.retry_after_seconds())
      response.headers.push_back({"Retry-After", std::to_string(*seconds)});
    reply.send(std::move(response));
  } catch (const DataError& error) {
    refuse(400, error.what());
  } catch (const ConfigError& error) {
    refuse(400, error.what());
  } catch (const std::exception& error) {
    fail(error.what());
  }
}

}  // namespace heed::http
