#include "heed/http/response.h"

#include <nlohmann/json.hpp>

#include "heed/base/json_text.h"

namespace heed::http {
namespace {

template <class Json>
Response with_json(const Json& value, int status) {
  return {.status = status, .content_type = "application/json", .body = text_of_json(value) + "\n"};
}

}  // namespace

Response json_response(const nlohmann::json& value, int status) { return with_json(value, status); }

Response json_response(const nlohmann::ordered_json& value, int status) { return with_json(value, status); }

Response plain_error(int status, std::string_view message) {
  return json_response(nlohmann::json{{"error", message}}, status);
}

}  // namespace heed::http
