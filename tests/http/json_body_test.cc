#include "heed/http/json_body.h"

#include <gtest/gtest.h>

#include "heed/http/response.h"

namespace heed::http {
namespace {

using nlohmann::json;

std::string refusal(std::string_view text, const JsonLimits& limits = {}) {
  try {
    parse_json_body(text, limits);
  } catch (const RequestError& error) {
    EXPECT_EQ(error.status(), 400);
    return error.what();
  }
  return "taken";
}

TEST(JsonBody, is_what_the_text_says) {
  const char* const text =
      R"({"q": ["a", {"b": [1, -2, 3.5, true, null, []]}, "ü\u00fc\ud83d\ude00"], "n": {}})";
  EXPECT_EQ(parse_json_body(text), json::parse(text));
  EXPECT_EQ(parse_json_body("[[],[[]],{\"a\":[{}]},7]"), json::parse("[[],[[]],{\"a\":[{}]},7]"));
  EXPECT_EQ(parse_json_body("7"), json(7));
}

TEST(JsonBody, refuses_what_is_not_json) {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\":1,}", "nan", "'a'", "{\"a\":1} x", "\"\xff\"",
                           "\"\\ud83d\"", "[1e999]", "\"\n\"", "\xef\xbb\xbf", "// no\n1"})
    EXPECT_NE(refusal(text).find("Invalid JSON"), std::string::npos) << text;
}

TEST(JsonBody, refuses_a_name_that_comes_twice) {
  EXPECT_EQ(refusal(R"({"q": 1, "q": 2})"), "Invalid JSON: the name \"q\" comes twice in one object");
  EXPECT_EQ(refusal(R"([{"q": 1}, {"q": 2}])"), "taken");
}

TEST(JsonBody, refuses_what_nests_deeply_or_has_many_values) {
  EXPECT_EQ(refusal(std::string(32, '[') + std::string(32, ']')), "taken");
  EXPECT_EQ(refusal(std::string(100'000, '[')), "Invalid JSON: arrays and objects nest deeper than 32");
  std::string many = "[0";
  for (int i = 0; i < 100; ++i) many += ",0";
  EXPECT_EQ(refusal(many + "]", {.values = 100}), "Invalid JSON: it has more than 100 values");
}

}  // namespace
}  // namespace heed::http
