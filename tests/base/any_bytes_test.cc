#include "heed/base/any_bytes.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "heed/base/json_text.h"
#include "heed/base/random.h"

namespace heed {
namespace {

TEST(AnyBytes, leave_utf8_as_it_is) {
  for (const char* text : {"", "plain", "Grüße 東京 😀", "\xEF\xBF\xBD", "\xEE\xBD\xBF", "\xEF\x80\x80"})
    EXPECT_EQ(utf8_of(text), text);
}

TEST(AnyBytes, come_back_from_utf8_whatever_they_are) {
  constexpr std::uint64_t seed = 5;
  SCOPED_TRACE(seed);
  Random random(seed);
  std::vector<std::string> texts{"caf\xE9",          "\xC3",     "\xED\xB2\x80",
                                 "\xF4\x90\x80\x80", "\xC0\xAF", "\xEE\xBE\x80",
                                 "\xEE\xBF\xBF\xE9", "\xEE\xBE", std::string("\0\x80", 2)};
  for (int i = 0; i < 2000; ++i) {
    // Bytes that begin and go on with characters, more often than others.
    constexpr std::string_view bytes = "aé\x80\xBE\xBF\xEE\xED\xF0\xC2\xFF\xE0\xF4";
    std::string text;
    for (std::uint32_t left = random.below(8); left > 0; --left)
      text += bytes[random.below(static_cast<std::uint32_t>(bytes.size()))];
    texts.push_back(text);
  }
  for (const std::string& text : texts) {
    const std::string utf8 = utf8_of(text);
    EXPECT_EQ(bytes_of(utf8), text);
    // The JSON library is strict about UTF-8.
    EXPECT_EQ(nlohmann::json::parse(nlohmann::json(utf8).dump()).get<std::string>(), utf8);
  }
}

TEST(JsonText, does_not_fail_for_bytes_that_are_no_utf8) {
  EXPECT_EQ(text_of_json(nlohmann::json{{"a", "caf\xE9"}}), "{\"a\":\"caf\xEF\xBF\xBD\"}");
  EXPECT_EQ(text_of_json(nlohmann::ordered_json{{"b", 1}, {"a", 2}}, 1), "{\n \"b\": 1,\n \"a\": 2\n}");
}

}  // namespace
}  // namespace heed
