#include "heed/text/language_names.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(LanguageNames, are_codes_and_names_in_english_and_in_the_language) {
  for (const char* name :
       {"de", "deu", "DE-at", "de_DE", "German", "deutsch", "Deutsch (Schweiz)", " german "})
    EXPECT_TRUE(names_language(name, "de-AT")) << name;
  for (const char* name : {"en", "English", "ge", "Der Hund", "German shepherds bark.", ""})
    EXPECT_FALSE(names_language(name, "de")) << name;
  EXPECT_FALSE(names_language("German", ""));
  EXPECT_TRUE(names_language("日本語", "ja"));
  EXPECT_TRUE(names_language("Русский", "ru_RU.UTF-8"));
}

TEST(LanguageNames, of_any_language_are_known) {
  for (const char* name : {"fr", "Français", "French (Canada)", "pt-BR", "中文"})
    EXPECT_TRUE(names_language(name)) << name;
  for (const char* name : {"Hund", "a dog", "French fries, please"})
    EXPECT_FALSE(names_language(name)) << name;
}

}  // namespace
}  // namespace heed
