#include "heed/http/parameters.h"

#include <gtest/gtest.h>

#include "heed/http/response.h"

namespace heed::http {
namespace {

using nlohmann::json;

Request request(std::string type, std::string body, std::string query = "") {
  return {.method = "POST",
          .query = std::move(query),
          .headers = {{"Content-Type", std::move(type)}},
          .body = std::move(body)};
}

int status_of(const Request& request) {
  try {
    parameters_of(request);
  } catch (const RequestError& error) {
    return error.status();
  }
  return 200;
}

TEST(Parameters, are_the_same_however_they_are_sent) {
  const json expected{{"q", "two words"}, {"target", "de"}};
  EXPECT_EQ(
      parameters_of(request("application/json; charset=utf-8", R"({"q": "two words", "target": "de"})")),
      expected);
  EXPECT_EQ(parameters_of(request("application/x-www-form-urlencoded", "q=two+words&target=de")), expected);
  EXPECT_EQ(parameters_of(request("", "", "q=two%20words&target=de")), expected);
  EXPECT_EQ(
      parameters_of(request("multipart/form-data; boundary=B",
                            "--B\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\ntwo words\r\n--B\r\n"
                            "Content-Disposition: form-data; name=\"target\"\r\n\r\nde\r\n--B--")),
      expected);
}

TEST(Parameters, that_come_several_times_are_an_array) {
  EXPECT_EQ(parameters_of(request("application/x-www-form-urlencoded", "q=b&q=c", "q=a")),
            (json{{"q", {"a", "b", "c"}}}));
}

TEST(Parameters, of_a_body_win_over_those_of_the_query) {
  EXPECT_EQ(parameters_of(request("application/json", R"({"q": "body"})", "q=query&api_key=k")),
            (json{{"q", "body"}, {"api_key", "k"}}));
}

TEST(Parameters, of_a_get_may_stand_in_its_body) {
  Request get = request("application/x-www-form-urlencoded", "type=target");
  get.method = "GET";
  EXPECT_EQ(parameters_of(get), (json{{"type", "target"}}));
}

TEST(Parameters, of_forms_have_line_feeds) {
  EXPECT_EQ(parameters_of(request("application/x-www-form-urlencoded", "q=a%0D%0Ab%0Dc%0A")),
            (json{{"q", "a\nb\nc\n"}}));
}

TEST(Parameters, refuse_what_they_cannot_read) {
  EXPECT_EQ(status_of(request("application/json", "[1]")), 400);
  EXPECT_EQ(status_of(request("application/json", "{")), 400);
  EXPECT_EQ(status_of(request("application/x-www-form-urlencoded", "q=%FF")), 400);
  EXPECT_EQ(status_of(request("application/x-www-form-urlencoded", "%FF=q")), 400);
  EXPECT_EQ(status_of(request("", "", "q=%ED%A0%80")), 400);
  EXPECT_EQ(status_of(request("text/plain", "q")), 415);
  EXPECT_EQ(status_of(request("", "q")), 415);
}

}  // namespace
}  // namespace heed::http
