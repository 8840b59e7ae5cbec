#include "heed/text/language_titles.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(LanguageTitles, are_told_in_any_language) {
  EXPECT_EQ(language_title("de"), "German");
  EXPECT_EQ(language_title("de", "de"), "Deutsch");
  EXPECT_EQ(language_title("de", "fr"), "Allemand");
  EXPECT_EQ(language_title("pt-BR"), "Brazilian Portuguese");
  EXPECT_EQ(language_title("zh-Hant"), "Traditional Chinese");
}

TEST(LanguageTitles, are_the_code_where_there_is_no_name) {
  EXPECT_EQ(language_title(""), "");
  EXPECT_EQ(language_title("xx"), "xx");
}

TEST(AcceptedLanguage, is_the_one_that_is_wanted_most) {
  EXPECT_EQ(first_accepted_language("de-AT,de;q=0.9,en;q=0.8"), "de-AT");
  EXPECT_EQ(first_accepted_language("en;q=0.3, fr;q=0.7 ,de;q=0.5"), "fr");
  EXPECT_EQ(first_accepted_language("*"), "en");
  EXPECT_EQ(first_accepted_language(""), "en");
  EXPECT_EQ(first_accepted_language("../../etc,;;q=,de;q=0"), "en");
}

}  // namespace
}  // namespace heed
