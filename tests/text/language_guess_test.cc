#include "heed/text/language_guess.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(LanguageGuess, tells_languages_by_their_letter_sequences) {
  EXPECT_EQ(guess_language(
                "Two young, White males are outside near many bushes. Several men in hard hats are operating "
                "a giant pulley system. A little girl climbing into a wooden playhouse. A man in a blue "
                "shirt is standing on a ladder cleaning a window."),
            "en");
  EXPECT_EQ(guess_language(
                "Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche. Mehrere Männer mit "
                "Schutzhelmen bedienen ein Antriebsradsystem. Ein kleines Mädchen klettert in ein Spielhaus "
                "aus Holz. Ein Mann in einem blauen Hemd steht auf einer Leiter und putzt ein Fenster."),
            "de");
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

TEST(LanguageGuess, tells_some_by_their_letters) {
  EXPECT_EQ(guess_language("東京に行きたいです。"), "ja");
  EXPECT_EQ(guess_language("我想去北京。"), "zh");
  EXPECT_EQ(guess_language("서울에 가고 싶어요."), "ko");
}

TEST(LanguageGuess, says_nothing_where_nothing_can_be_told) {
  EXPECT_EQ(guess_language(""), "");
  EXPECT_EQ(guess_language("12 345 == 67"), "");
  EXPECT_EQ(guess_language("ሰላም ለዓለም"), "");
}

}  // namespace
}  // namespace heed
