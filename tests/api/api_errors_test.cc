#include "heed/api/api_errors.h"

#include <gtest/gtest.h>

#include "heed/serving/request_errors.h"

namespace heed::api {
namespace {

template <class E>
Failure failure_with(E error) {
  return failure_of(std::make_exception_ptr(std::move(error)));
}

TEST(FailureOf, what_the_queue_refuses_says_when_to_try_again) {
  EXPECT_EQ(failure_with(QueueFull("full", std::chrono::seconds(7))).status, 503);
  EXPECT_EQ(failure_with(QueueFull("full", std::chrono::seconds(7))).retry_after_seconds, 7);
  EXPECT_EQ(failure_with(DeadlinePassed("late")).status, 503);
  EXPECT_GT(failure_with(DeadlinePassed("late")).retry_after_seconds, 0);
  EXPECT_EQ(failure_with(ShuttingDown("end")).status, 503);
}

TEST(FailureOf, a_client_that_has_gone_is_no_error_of_the_server) {
  EXPECT_EQ(failure_with(RequestCancelled("gone")).status, 499);
}

TEST(FailureOf, the_rest_is_the_client_s_or_the_server_s_fault) {
  EXPECT_EQ(failure_with(http::RequestError(404, "none")).status, 404);
  EXPECT_EQ(failure_with(DataError("wrong text")).status, 400);
  EXPECT_EQ(failure_with(ConfigError("wrong option")).status, 400);
  EXPECT_EQ(failure_with(std::runtime_error("bug")).status, 500);
}

}  // namespace
}  // namespace heed::api
