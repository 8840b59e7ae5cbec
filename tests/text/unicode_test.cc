#include "heed/text/unicode.h"

#include <gtest/gtest.h>

#include <string>

namespace heed {
namespace {

using namespace std::string_literals;

TEST(Utf8, well_formed_text_of_every_length_passes) {
  for (const std::string& text :
       {""s, "a"s, "Zwölf Boxkämpfer"s, "日本語"s, "👩‍🚀"s, "\0"s, "\U0010FFFF\uFFFD"s})
    EXPECT_EQ(first_invalid_utf8(text), std::nullopt) << text;
}

TEST(Utf8, the_first_malformed_byte_is_found) {
  const std::string_view malformed[] = {"\x80",
                                        "\xC0\x80",
                                        "\xC1\xBF",
                                        "\xC3",
                                        "\xC3(",
                                        "\xE0\x9F\xBF",
                                        "\xED\xA0\x80",
                                        "\xE2\x82",
                                        "\xE2\x82z",
                                        "\xF0\x8F\xBF\xBF",
                                        "\xF4\x90\x80\x80",
                                        "\xF0\x9F\x98",
                                        "\xF5\x80\x80\x80",
                                        "\xFF",
                                        "\xFE\xFF",
                                        "\xF8\x88\x80\x80\x80"};
  for (const std::string_view bad : malformed)
    for (const std::string good : {"", "a", "1234567", "12345678", "123456789", "größer", "0123456789abcdef"})
      EXPECT_EQ(first_invalid_utf8(good + std::string(bad)), good.size()) << good << printable(bad);
}

TEST(Utf8, every_code_point_is_counted_once) {
  EXPECT_EQ(count_code_points(""), 0);
  EXPECT_EQ(count_code_points("größer 日本 👍"), 11);
}

TEST(Printable, hides_control_characters_and_cuts_between_characters) {
  EXPECT_EQ(printable(std::string_view("a\tb\0\xFFö", 7)), "a\\x09b\\x00\\xFFö");
  EXPECT_EQ(printable("ööö", 5), "öö...");
}

}  // namespace
}  // namespace heed
