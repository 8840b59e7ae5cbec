#include "heed/text/text_profile.h"

#include <gtest/gtest.h>
#include <unicode/uscript.h>

namespace heed {
namespace {

TEST(TextProfile, counts_characters_words_letters_digits_and_symbols) {
  const TextProfile profile = profile_of("Two 24-inch  caf\u00E9s!");
  EXPECT_EQ(profile.characters, 19);
  EXPECT_EQ(profile.width, 19);
  EXPECT_EQ(profile.words, 3);
  EXPECT_EQ(profile.letters, 12);
  EXPECT_EQ(profile.digits, 2);
  EXPECT_EQ(profile.symbols, 2);
  EXPECT_EQ(profile.broken, 0);
}

TEST(TextProfile, tells_scripts_apart) {
  const TextProfile profile = profile_of("Привет, Tom! 東京");
  EXPECT_EQ(profile.main_script(), USCRIPT_CYRILLIC);
  EXPECT_EQ(profile.scripts[0].letters, 6);
  EXPECT_EQ(profile.scripts[1].letters, 3);
  EXPECT_EQ(profile.scripts[2].script, USCRIPT_HAN);
  EXPECT_EQ(profile.width, profile.characters + 2);
}

TEST(TextProfile, of_nothing_and_of_digits_has_no_script) {
  EXPECT_EQ(profile_of("").main_script(), -1);
  EXPECT_EQ(profile_of("12:30").main_script(), -1);
  EXPECT_EQ(profile_of("").words, 0);
}

TEST(TextProfile, counts_control_and_replacement_characters_as_broken) {
  using namespace std::string_view_literals;
  EXPECT_EQ(profile_of("a\0b"sv).broken, 1);
  EXPECT_EQ(profile_of("a\x1B[0m\u0085\uFFFD\uFFFE").broken, 4);
  EXPECT_EQ(profile_of("tab\tand\nline").broken, 0);
}

TEST(TextProfile, takes_joiners_and_direction_marks_for_writing) {
  EXPECT_EQ(profile_of("می\u200Cخواهم").broken, 0);
  EXPECT_EQ(profile_of("\u200Fשלום\u200F").symbols, 0);
}

TEST(TextProfile, more_scripts_than_it_tells_apart_do_no_harm) {
  const TextProfile profile = profile_of("aжωאب한ก");
  EXPECT_EQ(profile.letters, 7);
  EXPECT_EQ(profile.scripts[3].letters, 1);
}

TEST(Script, is_found_by_code_name_and_language) {
  EXPECT_EQ(script_of("Latn"), USCRIPT_LATIN);
  EXPECT_EQ(script_of("Cyrillic"), USCRIPT_CYRILLIC);
  EXPECT_EQ(script_of("de"), USCRIPT_LATIN);
  EXPECT_EQ(script_of("ar"), USCRIPT_ARABIC);
  EXPECT_EQ(script_of("klingon"), -1);
  EXPECT_EQ(script_name(USCRIPT_HAN), "Han");
}

TEST(Script, families_are_what_a_language_mixes) {
  EXPECT_EQ(script_family(script_of("ja")), script_family(USCRIPT_HIRAGANA));
  EXPECT_EQ(script_family(script_of("ko")), script_family(USCRIPT_HANGUL));
  EXPECT_NE(script_family(USCRIPT_LATIN), script_family(USCRIPT_CYRILLIC));
}

}  // namespace
}  // namespace heed
