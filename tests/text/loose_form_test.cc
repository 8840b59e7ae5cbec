#include "heed/text/loose_form.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(LooseForm, is_the_same_whatever_case_normalization_and_spaces) {
  for (const auto& [text, same] : {std::pair{"A dog.", "a  dog "},
                                   {"Café", "cafe\u0301"},
                                   {"ÄRGER", "a\u0308rger"},
                                   {"Straße", "STRASSE"},
                                   {"ｆｕｌｌ　ｗｉｄｔｈ １２", "full width 12"},
                                   {"ﬁn", "FIN"},
                                   {"가", "\u1100\u1161"},
                                   {"می\u200cخواهم", "میخواهم"},
                                   {"don’t", "don't"},
                                   {"a\u00A0b", "a b"},
                                   {"ДОМ", "дом"},
                                   {"½", "1⁄2"}})
    EXPECT_EQ(loose_form(text), loose_form(same)) << text;
  for (const auto& [text, other] :
       {std::pair{"a dog", "a dot"}, {"Café", "Cafe"}, {"1", "2"}, {"한", "하"}, {"!", "?"}})
    EXPECT_NE(loose_form(text), loose_form(other)) << text;
}

TEST(LooseForm, of_a_character_does_not_depend_on_which_way_it_was_made) {
  // A combining mark sends all of a text the long way.
  for (char32_t c = 0x80; c < 0x3000; ++c) {
    std::string text;
    if (c >= 0x0800)
      text = {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)),
              static_cast<char>(0x80 | (c & 63))};
    else
      text = {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 63))};
    const std::u32string short_way = loose_form("x" + text + "x"),
                         long_way = loose_form("x" + text + "x=a\u0300");
    EXPECT_EQ(short_way + U"\u00E0", long_way) << static_cast<unsigned>(c);
  }
}

TEST(LooseForm, of_a_text_without_letters_and_digits_is_the_text) {
  EXPECT_EQ(loose_form(" ?! "), U"?!");
  EXPECT_EQ(loose_form(""), U"");
  EXPECT_EQ(loose_form("🚀"), U"🚀");
}

}  // namespace
}  // namespace heed
