#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/http/request.h"

namespace heed::http {

/// Which web pages of other origins may read answers (the Fetch standard, CORS).
class CorsOrigins {
 public:
  /// Origins, https://example.org, say; "*" is any; none, or "none", no other. ConfigError for what is no
  /// origin.
  explicit CorsOrigins(std::vector<std::string> allowed);

  /// What every answer to a request of this origin says; none for one that may not.
  std::vector<Header> headers(std::string_view origin) const;
  /// What an answer to OPTIONS says besides: what a page may ask, and for how long that holds.
  std::vector<Header> preflight_headers() const;

 private:
  std::vector<std::string> allowed_;
  bool any_;
};

}  // namespace heed::http
