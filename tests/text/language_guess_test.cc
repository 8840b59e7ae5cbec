#include "heed/text/language_guess.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

const char* const english =
    "Two young, White males are outside near many bushes. Several men in hard hats are operating a giant "
    "pulley system. A little girl climbing into a wooden playhouse. A man in a blue shirt is standing on a "
    "ladder cleaning a window.";
const char* const german =
    "Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche. Mehrere Männer mit Schutzhelmen "
    "bedienen ein Antriebsradsystem. Ein kleines Mädchen klettert in ein Spielhaus aus Holz. Ein Mann in "
    "einem blauen Hemd steht auf einer Leiter und putzt ein Fenster.";

TEST(LanguageGuess, tells_languages_by_their_letter_sequences) {
  EXPECT_EQ(guess_language(english), "en");
  EXPECT_EQ(guess_language(german), "de");
  EXPECT_EQ(guess_language(
                "Deux jeunes hommes blancs sont dehors près de buissons. Plusieurs hommes en casque font "
                "fonctionner un système de poulies géant. Une petite fille grimpe dans une maisonnette en "
                "bois."),
            "fr");
  EXPECT_EQ(
      guess_language("Двое молодых мужчин стоят на улице возле кустов. Несколько мужчин в касках управляют "
                     "большой машиной."),
      "ru");
}

TEST(LanguageGuess, tells_languages_that_share_a_script_with_a_larger_one) {
  EXPECT_EQ(guess_language("Двоє молодих чоловіків стоять на вулиці біля кущів. Кілька чоловіків у касках "
                           "керують великою машиною, а маленька дівчинка лізе до дерев'яного будиночка."),
            "uk");
  EXPECT_EQ(guess_language("Dalawang batang lalaki ang nasa labas malapit sa maraming halaman. Umaakyat ang "
                           "isang batang babae sa bahay-bahayang yari sa kahoy."),
            "tl");
}

TEST(LanguageGuess, tells_some_by_their_letters) {
  EXPECT_EQ(guess_language("東京に行きたいです。"), "ja");
  EXPECT_EQ(guess_language("我想去北京。"), "zh");
  EXPECT_EQ(guess_language("서울에 가고 싶어요."), "ko");
  EXPECT_EQ(guess_language("שני גברים צעירים עומדים בחוץ ליד שיחים רבים."), "he");
}

TEST(LanguageGuess, says_nothing_where_nothing_can_be_told) {
  EXPECT_EQ(guess_languages(""), std::vector<LanguageGuess>{});
  EXPECT_EQ(guess_languages("12 345 == 67"), std::vector<LanguageGuess>{});
  EXPECT_EQ(guess_language("OK"), "");
}

TEST(LanguageGuess, finds_several_languages_in_a_text) {
  const auto guesses = guess_languages(message(english, "\n\n", german));
  ASSERT_EQ(guesses.size(), 2u);
  EXPECT_NE(guesses[0].language, guesses[1].language);
  for (const LanguageGuess& guess : guesses) {
    EXPECT_TRUE(guess.language == "en" || guess.language == "de") << guess.language;
    EXPECT_NEAR(guess.share, 50, 15);
    EXPECT_LE(guess.confidence, guess.share);
  }
}

TEST(LanguageGuess, is_sure_of_long_texts_and_not_of_short_ones) {
  EXPECT_GE(guess_languages(german).front().confidence, 90);
  for (const LanguageGuess& guess : guess_languages("Boot"))
    EXPECT_LT(guess.confidence, 50) << guess.language;
}

TEST(LanguageGuess, follows_a_hint_where_a_text_is_short) {
  const std::vector<std::string> spanish{"es"}, french{"fr"}, german_{"de"};
  EXPECT_EQ(guess_languages("animal", spanish).front().language, "es");
  EXPECT_EQ(guess_languages("animal", french).front().language, "fr");
  EXPECT_EQ(guess_languages(english, german_).front().language, "en");
}

TEST(LanguageGuess, bears_bytes_that_are_no_text) {
  EXPECT_EQ(guess_language(message("\0\x01\x1b\xef\xbf\xbe\xff"sv, german)), "de");
}

TEST(LanguageGuess, knows_what_it_cannot_recognize) {
  for (const char* code : {"de", "de_AT", "he", "nb", "no", "jv", "zh-Hant"})
    EXPECT_TRUE(language_can_be_guessed(code)) << code;
  for (const char* code : {"", "nds", "qqq"}) EXPECT_FALSE(language_can_be_guessed(code)) << code;
}

TEST(LanguageGuess, knows_languages_that_are_taken_for_each_other) {
  EXPECT_TRUE(languages_are_close("de", "de_AT"));
  EXPECT_TRUE(languages_are_close("hr", "sr@latin"));
  EXPECT_TRUE(languages_are_close("nb", "da"));
  EXPECT_TRUE(languages_are_close("no", "nb"));
  EXPECT_FALSE(languages_are_close("de", "nl"));
  EXPECT_FALSE(languages_are_close("xx", "yy"));
}

}  // namespace
}  // namespace heed
