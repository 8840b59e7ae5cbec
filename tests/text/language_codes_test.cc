#include "heed/text/language_codes.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace heed {
namespace {

using Cases = std::vector<std::pair<std::string, std::string>>;

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

TEST(LanguageCodes, that_stand_for_one_language_serve_for_each_other) {
  for (const auto& [one, other] : Cases{{"no", "nb"},
                                        {"nb_NO", "no"},
                                        {"iw", "he"},
                                        {"in", "id"},
                                        {"ji", "yi"},
                                        {"mo", "ro"},
                                        {"ger", "de"},
                                        {"deu", "de"},
                                        {"cmn", "zh"},
                                        {"tl", "fil"},
                                        {"sh", "sr-Latn"}}) {
    EXPECT_GT(closeness(one, other), 0) << one << ' ' << other;
    EXPECT_GT(closeness(other, one), 0) << one << ' ' << other;
  }
  EXPECT_EQ(closeness("nn", "nb"), 0);
  EXPECT_EQ(closeness("nn", "no"), 0);
}

TEST(LanguageCodes, of_ones_own_are_the_same_where_they_are_written_the_same) {
  EXPECT_GT(closeness("x-Klingon", "x-klingon"), 0);
  EXPECT_EQ(closeness("x-klingon", "x-elvish"), 0);
  EXPECT_EQ(closeness("", ""), 0);
}

TEST(LanguageCodes, are_found_by_names_in_english_or_in_the_language_itself) {
  for (const auto& [name, code] : Cases{{"German", "de"},
                                        {"deutsch", "de"},
                                        {"Fran\xC3\xA7"
                                         "ais",
                                         "fr"},
                                        {"Brazilian Portuguese", "pt_BR"},
                                        {"Portuguese (Brazil)", "pt_BR"},
                                        {"Spanish (Some place)", "es"},
                                        {"Norwegian Bokm\xC3\xA5l", "nb"},
                                        {"Norwegian Bokmal", "no"},
                                        {"Simplified Chinese", "zh_CN"},
                                        {"Chinese (Traditional)", "zh_TW"},
                                        {"de_AT", "de"}})
    EXPECT_GT(closeness(name, code), 0) << name << ' ' << language_code_of(name);
  EXPECT_EQ(language_code_of("nonsense"), "");
  EXPECT_EQ(closeness("Chinese (Traditional)", "zh_CN"), 0);
}

TEST(LanguageCodes, are_found_by_language_and_country) {
  EXPECT_GT(closeness(language_code_of("Chinese", "TAIWAN"), "zh_TW"), 0);
  EXPECT_EQ(closeness(language_code_of("Chinese", "TAIWAN"), "zh_CN"), 0);
  EXPECT_EQ(language_code_of("German", ""), "de");
}

TEST(LanguageCodes, with_a_country_may_have_its_language) {
  for (const char* code : {"de-ch", "es-AR", "pt_BR", "nl-be", "zh-tw", "sv-se"})
    EXPECT_TRUE(is_language_of_its_country(code)) << code;
  for (const char* code : {"en-fr", "en-de", "de-fr", "de", "x"})
    EXPECT_FALSE(is_language_of_its_country(code)) << code;
}

TEST(LanguageCodes, are_told_from_other_words) {
  for (const char* code :
       {"zh_Hans_CN", "es-419", "ca@valencia", "ca-valencia", "sr@latin", "ast", "de-DE.UTF-8"})
    EXPECT_TRUE(is_language_code(code)) << code;
  for (const char* word : {"my-app", "my-app-fr", "de-zz", "en-", "-en", "en__US", "no_way_out", "messages"})
    EXPECT_FALSE(is_language_code(word)) << word;
  EXPECT_TRUE(is_language_code("de"));
  EXPECT_TRUE(is_language_code("pt_BR"));
  EXPECT_FALSE(is_language_code("README"));
  EXPECT_FALSE(is_language_code("txt"));
  EXPECT_FALSE(is_language_code("d/e"));
}

}  // namespace
}  // namespace heed
