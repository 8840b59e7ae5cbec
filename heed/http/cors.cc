#include "heed/http/cors.h"

#include <algorithm>

#include "heed/base/error.h"

namespace heed::http {

CorsOrigins::CorsOrigins(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {
  std::erase(allowed_, "none");
  any_ = std::erase(allowed_, "*") > 0;
  for (const std::string& origin : allowed_) {
    const std::size_t host = origin.find("://");
    require<ConfigError>(host != std::string::npos && host > 0 && host + 3 < origin.size() &&
                             origin.find('/', host + 3) == std::string::npos,
                         "serve: --cors-origins: '", origin,
                         "' is no origin; give scheme and host without a path, such as https://example.org");
  }
}

std::vector<Header> CorsOrigins::headers(std::string_view origin) const {
  if (any_) return {{"Access-Control-Allow-Origin", "*"}};
  if (allowed_.empty()) return {};
  // Caches may not give one origin's answer to another.
  std::vector<Header> headers{{"Vary", "Origin"}};
  if (std::ranges::find(allowed_, origin) != allowed_.end())
    headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
  return headers;
}

std::vector<Header> CorsOrigins::preflight_headers() const {
  if (!any_ && allowed_.empty()) return {};
  return {{"Access-Control-Allow-Methods", "GET, POST"},
          {"Access-Control-Allow-Headers", "Authorization, Content-Type, X-API-Key"},
          {"Access-Control-Max-Age", "1728000"}};
}

}  // namespace heed::http
