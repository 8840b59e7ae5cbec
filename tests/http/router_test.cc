#include "heed/http/router.h"

#include <gtest/gtest.h>

#include "tests/http/captured_exchange.h"

namespace heed::http {
namespace {

const Handler nothing = [](Request&, const Reply&) {};

Router some_routes() {
  Router router;
  router.add({.method = "GET", .pattern = "/", .handler = nothing});
  router.add({.method = "GET", .pattern = "/models", .handler = nothing});
  router.add({.method = "POST", .pattern = "/models", .handler = nothing});
  router.add({.method = "GET", .pattern = "/models/{model}/heads", .handler = nothing});
  return router;
}

int status_of(const Router& router, std::string method, std::string path) {
  Request request{.method = std::move(method), .path = std::move(path)};
  try {
    router.find(request);
  } catch (const RequestError& error) {
    return error.status();
  }
  return 200;
}

TEST(Router, finds_the_route_of_a_path_and_what_stands_for_its_names) {
  const Router router = some_routes();
  Request request{.method = "GET", .path = "/models/a b/heads"};
  EXPECT_EQ(router.find(request).pattern, "/models/{model}/heads");
  EXPECT_EQ(request.route, "/models/{model}/heads");
  EXPECT_EQ(request.captures, std::vector<std::string>{"a b"});
  EXPECT_EQ(status_of(router, "GET", "/"), 200);
}

TEST(Router, tells_an_unknown_path_from_an_unknown_method) {
  const Router router = some_routes();
  EXPECT_EQ(status_of(router, "GET", "/model"), 404);
  EXPECT_EQ(status_of(router, "GET", "/models/"), 404);
  EXPECT_EQ(status_of(router, "GET", "/models//heads"), 404);
  EXPECT_EQ(status_of(router, "GET", "/models/../heads/heads"), 404);
  EXPECT_EQ(status_of(router, "GET", "*"), 404);
  EXPECT_EQ(status_of(router, "DELETE", "/models"), 405);
  EXPECT_EQ(router.methods("/models"), (std::vector<std::string>{"GET", "HEAD", "POST", "OPTIONS"}));
}

TEST(Router, refuses_a_second_route_of_the_same_method_and_path) {
  Router router = some_routes();
  EXPECT_THROW(router.add({.method = "GET", .pattern = "/models", .handler = nothing}), std::logic_error);
}

Response answer_of(Handler handler) {
  const Route route{.method = "GET", .pattern = "/", .handler = std::move(handler)};
  const auto exchange = std::make_shared<CapturedExchange>();
  Request request{.id = 7};
  run_handler(route, request, Reply(exchange));
  return exchange->response();
}

TEST(RunHandler, answers_with_what_is_thrown) {
  const Response busy = answer_of([](Request&, const Reply&) { throw RequestError(429, "slower", 3); });
  EXPECT_EQ(busy.status, 429);
  EXPECT_EQ(busy.body, "{\"error\":\"slower\"}\n");
  ASSERT_EQ(busy.headers.size(), 1u);
  EXPECT_EQ(busy.headers[0].value, "3");
  EXPECT_EQ(answer_of([](Request&, const Reply&) { throw DataError("no text"); }).status, 400);
}

TEST(RunHandler, keeps_what_went_wrong_inside_to_the_log) {
  testing::internal::CaptureStderr();
  const Response failed = answer_of([](Request&, const Reply&) { throw CheckpointError("/secret/path"); });
  EXPECT_NE(testing::internal::GetCapturedStderr().find("request 7, : /secret/path"), std::string::npos);
  EXPECT_EQ(failed.status, 500);
  EXPECT_EQ(failed.body.find("secret"), std::string::npos);
  EXPECT_NE(failed.body.find("request 7"), std::string::npos);
}

}  // namespace
}  // namespace heed::http
