#pragma once
#include <exception>
#include <functional>
#include <nlohmann/json.hpp>

#include "heed/http/handler.h"

namespace heed::api {

/// A JSON answer to a request, or why there is none.
using Answer = std::function<void(nlohmann::ordered_json, std::exception_ptr)>;

/// What a request is answered with instead: a RequestError as it is; 503 with a time to try again for what
/// the queue refuses; 499 where the client has gone; 400 for what is wrong with the text or the options; 500
/// for anything else, without details.
struct Failure {
  int status = 500;
  std::string message;
  int retry_after_seconds = 0;  // 0: not said
};
Failure failure_of(std::exception_ptr error);

/// RequestError: what is asked for is refused, with this status.
[[noreturn]] void refuse(const std::string& why, int status = 400);

/// An Answer that sends what comes of a request, errors in an API's own form.
Answer replying(const http::Request& request, const http::Reply& reply, http::ErrorFormat errors);

/// The value of a parameter, as JSON, forms and query strings have it; RequestError 400 for what is neither.
std::string text_parameter(const nlohmann::json& parameters, const char* name, std::string_view otherwise);
/// One text, or several.
std::vector<std::string> texts_parameter(const nlohmann::json& parameters, const char* name);

}  // namespace heed::api
