#include "heed/corpus/formats/language_codes.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(LanguageCodes, are_compared_as_people_write_them) {
  for (const char* code : {"en", "EN", "en-GB", "en_US", "en_US.UTF-8", "eng", "en-us"})
    EXPECT_GT(closeness(code, "en"), 0) << code;
  for (const char* code : {"de", "", "e", "english-language-of-some-place-far-away", "x"})
    EXPECT_EQ(closeness(code, "en"), 0) << code;
}

TEST(LanguageCodes, are_closest_to_themselves_then_to_those_without_region) {
  EXPECT_GT(closeness("en_GB", "en-gb"), closeness("en", "en-GB"));
  EXPECT_GT(closeness("en", "en-GB"), closeness("en-US", "en-GB"));
  EXPECT_GT(closeness("en-US", "en-GB"), 0);
}

TEST(LanguageCodes, of_different_scripts_do_not_match) {
  EXPECT_EQ(closeness("zh-TW", "zh-CN"), 0);
  EXPECT_EQ(closeness("sr-Latn", "sr"), 0);
  EXPECT_EQ(closeness("sr@latin", "sr"), 0);
  EXPECT_GT(closeness("sr_RS@latin", "sr-Latn"), 0);
  EXPECT_GT(closeness("zh-Hans", "zh_CN"), 0);
}

TEST(LanguageCodes, are_told_from_other_words) {
  EXPECT_TRUE(is_language_code("de"));
  EXPECT_TRUE(is_language_code("pt_BR"));
  EXPECT_FALSE(is_language_code("README"));
  EXPECT_FALSE(is_language_code("txt"));
  EXPECT_FALSE(is_language_code("d/e"));
}

}  // namespace
}  // namespace heed
