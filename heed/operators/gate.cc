#include "heed/operators/gate.h"

#include <arpa/inet.h>
#include <sys/stat.h>

#include <array>
#include <cmath>
#include <iostream>

#include "heed/http/ascii.h"
#include "heed/http/parameters.h"

namespace heed {
namespace {

using http::Request;
using http::RequestError;

std::shared_ptr<const ApiKeys> read_keys(const GateOptions& options) {
  if (!options.api_keys) return nullptr;
  struct stat about {};
  if (::stat(options.api_keys->c_str(), &about) == 0 && (about.st_mode & 07) != 0)
    std::cerr << message("heed: everybody on this machine can read ", options.api_keys->string(),
                         "; chmod o= keeps the keys secret\n");
  return std::make_shared<const ApiKeys>(*options.api_keys);
}

/// The key that a request was sent with; empty if there is none.
std::string key_of(const Request& request) {
  const std::string_view authorization = request.header("authorization");
  for (const std::string_view scheme : {"bearer ", "deepl-auth-key "})
    if (http::equal_ignoring_case(authorization.substr(0, scheme.size()), scheme))
      return std::string(http::trimmed_blanks(authorization.substr(scheme.size())));
  if (const std::string_view key = request.header("x-api-key"); !key.empty()) return std::string(key);
  // Parsing a body takes time that the thread of all connections does not have; it asks for none.
  if (request.method != "POST" && request.query.empty()) return {};
  const nlohmann::json parameters = http::parameters_of(request);
  const auto key = parameters.find("api_key");
  return key != parameters.end() && key->is_string() ? key->get<std::string>() : std::string();
}

bool is_address(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

/// Whom a proxy on this machine asks for. What stands before the last address, anybody may have written.
std::string forwarded_address(const Request& request) {
  const bool by_proxy = request.caller.address == "127.0.0.1" || request.caller.address == "unix";
  std::string last;
  for (const http::Header& header : request.headers)
    if (http::equal_ignoring_case(header.name, "x-forwarded-for"))
      last = http::trimmed_blanks(std::string_view(header.value).substr(header.value.rfind(',') + 1));
  return by_proxy && is_address(last) ? last : request.caller.address;
}

}  // namespace

Gate::Gate(const GateOptions& options) : options_(options), keys_(read_keys(options)) {}

void Gate::reload() {
  auto keys = read_keys(options_);
  const std::lock_guard lock(mutex_);
  keys_ = std::move(keys);
}

std::shared_ptr<const ApiKeys> Gate::keys() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

void Gate::admit(Request& request) {
  if (options_.behind_proxy) request.caller.address = forwarded_address(request);
  std::optional<Index> per_minute = options_.requests_per_minute;
  std::string counted = "address " + counted_address(request.caller.address);
  if (const auto keys = this->keys()) {
    const std::string key = key_of(request);
    const auto owner = keys->find(key);
    if (key.empty() && options_.require_key)
      throw RequestError(401, "An API key is needed: please contact the server operator to get one");
    if (!key.empty() && !owner) throw RequestError(403, "Invalid API key");
    if (owner) {
      request.caller.key = owner->name;
      request.character_limit = owner->limits.characters;
      if (owner->limits.requests_per_minute) per_minute = owner->limits.requests_per_minute;
      counted = "key " + owner->name;
    }
  }
  if (!per_minute) return;
  if (const auto wait = rate_.count(counted, *per_minute, RateLimit::Clock::now())) {
    const double seconds = std::chrono::duration<double>(*wait).count();
    throw RequestError(429, message("Slowdown: ", *per_minute, " requests per minute are allowed"),
                       static_cast<int>(std::ceil(seconds)));
  }
}

http::Handler Gate::guarded(http::Handler handler) {
  return [this, handler = std::move(handler)](Request& request, const http::Reply& reply) {
    try {
      admit(request);
    } catch (...) {
      reply.came_from(request.caller);
      throw;
    }
    reply.came_from(request.caller);
    handler(request, reply);
  };
}

}  // namespace heed
