#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/error.h"
#include "heed/http/request.h"

namespace heed::http {

/// What a request is answered with. Length, connection, date and CORS headers are the server's to add.
struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body{};
  std::vector<Header> headers{};  // further ones
};

/// A value as a JSON body. Strings that are not UTF-8 do not fail: see json_text.h.
Response json_response(const nlohmann::json& value, int status = 200);
Response json_response(const nlohmann::ordered_json& value, int status = 200);

/// Why a request cannot be answered as asked, with the status that says so (400, 403, 404, 413, 429, 503). A
/// handler throws it; how it looks in the answer is the route's (ErrorFormat).
class RequestError : public Error {
 public:
  RequestError(int status, const std::string& message) : Error(message), status_(status) {}
  /// With the time after which to try again, for 429 and 503.
  RequestError(int status, const std::string& message, int retry_after_seconds)
      : Error(message), status_(status), retry_after_(retry_after_seconds) {}

  int status() const { return status_; }
  std::optional<int> retry_after_seconds() const { return retry_after_; }

 private:
  int status_;
  std::optional<int> retry_after_;
};

/// Builds the answer of an API to what went wrong.
using ErrorFormat = Response (*)(int status, std::string_view message);

/// {"error": "message"}, as LibreTranslate has it; for routes that say nothing else.
Response plain_error(int status, std::string_view message);

}  // namespace heed::http
