#include "heed/api/api_errors.h"

#include <iostream>

#include "heed/serving/request_errors.h"
#include "heed/serving/text_translation.h"

namespace heed::api {
namespace {

constexpr int try_again_soon = 1;  // seconds
// Nobody reads that answer; as nginx has it in its logs.
constexpr int client_closed_request = 499;

}  // namespace

Failure failure_of(std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const http::RequestError& refused) {
    return {refused.status(), refused.what(), refused.retry_after_seconds().value_or(0)};
  } catch (const QueueFull& full) {
    return {503, full.what(), static_cast<int>(full.retry_after.count())};
  } catch (const DeadlinePassed& late) {
    return {503, late.what(), try_again_soon};
  } catch (const RequestCancelled& gone) {
    return {client_closed_request, gone.what()};
  } catch (const ShuttingDown& end) {
    return {503, end.what(), try_again_soon};
  } catch (const DataError& wrong) {
    return {400, wrong.what()};
  } catch (const ConfigError& wrong) {
    return {400, wrong.what()};
  } catch (const std::exception& why) {
    return {500, why.what()};
  }
}

void refuse(const std::string& why, int status) { throw http::RequestError(status, why); }

Answer replying(const http::Request& request, const http::Reply& reply, http::ErrorFormat errors) {
  return [reply, errors, id = request.id, route = request.route](const nlohmann::ordered_json& answer,
                                                                 const std::exception_ptr& error) {
    if (!error) return reply.send(http::json_response(answer));
    Failure failure = failure_of(error);
    if (failure.status == 500) {
      std::cerr << message("heed: request ", id, ", ", route, ": ", failure.message, "\n");
      failure.message = message("Internal error: the server's log says more of request ", id);
    }
    http::Response response = errors(failure.status, failure.message);
    if (failure.retry_after_seconds > 0)
      response.headers.push_back({"Retry-After", std::to_string(failure.retry_after_seconds)});
    reply.send(std::move(response));
  };
}

std::string text_parameter(const nlohmann::json& parameters, const char* name, std::string_view otherwise) {
  const auto value = parameters.find(name);
  if (value == parameters.end() || value->is_null()) return std::string(otherwise);
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number() || value->is_boolean()) return value->dump();
  throw http::RequestError(400, message("Invalid request: ", name, " parameter is not a string"));
}

std::vector<std::string> texts_parameter(const nlohmann::json& parameters, const char* name) {
  const auto value = parameters.find(name);
  if (value == parameters.end() || value->is_null()) return {};
  std::vector<std::string> texts;
  const auto add = [&](const nlohmann::json& text) {
    if (!text.is_string())
      throw http::RequestError(
          400, message("Invalid request: ", name, " parameter is not a string, nor an array of strings"));
    texts.push_back(text.get<std::string>());
  };
  if (value->is_array())
    for (const nlohmann::json& text : *value) add(text);
  else
    add(*value);
  return texts;
}

}  // namespace heed::api
