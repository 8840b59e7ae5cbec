// What each filter drops, flags and lets pass.
#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/corpus/filters/judged.h"

namespace heed {
namespace {

using enum Verdict;

TEST(Filters, drop_nothing_of_what_is_short_and_plain) {
  FilterSet filters = FilterSet::reporting({}, {});
  for (const TextPair& pair : std::vector<TextPair>{{"Hi.", "Guten Tag, meine Damen und Herren!"},
                                                    {"OK", "OK"},
                                                    {"London", "London"},
                                                    {"...", "..."},
                                                    {"%s: %d", "%s: %d"},
                                                    {"Go!", "Geh!"},
                                                    {"1999", "1999"},
                                                    {"Yes", "はい、そうです。"},
                                                    {"café", "Kaffeehaus"}})
    EXPECT_EQ(dropping(filters, pair), "") << pair.source;
}

TEST(EmptyFilter, drops_what_lacks_a_side_and_no_other_filter_sees_it) {
  FilterSet filters = FilterSet::reporting({}, {});
  EXPECT_EQ(dropping(filters, {"", "x"}), "empty");
  EXPECT_EQ(dropping(filters, {"x", " \t"}), "empty");
  EXPECT_EQ(dropping(filters, {"", "x"}), "empty");  // not a repeat
}

TEST(InvalidFilter, drops_what_is_not_utf8_and_no_other_filter_sees_it) {
  FilterSet filters = FilterSet::reporting({}, {});
  EXPECT_EQ(dropping(filters, {"caf\xE9", "Kaffee"}), "invalid");
  EXPECT_EQ(dropping(filters, {"a", "\xED\xA0\x80"}), "invalid");
}

TEST(CharacterFilter, drops_control_characters_and_wrong_decoding) {
  EXPECT_EQ(verdict("characters", {std::string("a\0b", 3), "ab"}), drop);
  EXPECT_EQ(verdict("characters", {"a house", "ein Haus\uFFFD"}), drop);
  EXPECT_EQ(verdict("characters", {"men", "MÃ¤nner"}), drop);
  EXPECT_EQ(verdict("characters", {"men", "\u202AMänner\u202C"}), keep);
  EXPECT_EQ(verdict("characters", {"men", "Männer"}), keep);
}

TEST(LengthFilter, drops_beyond_the_limit_that_is_set) {
  const TextPair pair{std::string(3001, 'a'), "b"};
  EXPECT_EQ(verdict("lengths", pair), drop);
  EXPECT_EQ(verdict("lengths", pair, {.max_characters = 0}), keep);
  EXPECT_EQ(verdict("lengths", {"one two three", "eins"}, {.max_words = 2}), drop);
}

TEST(RatioFilter, forgives_short_sides_and_drops_long_ones) {
  EXPECT_EQ(verdict("ratios", {"Hi.", std::string(60, 'a')}), keep);
  EXPECT_EQ(verdict("ratios", {std::string(400, 'a'), std::string(20, 'b')}), drop);
  EXPECT_EQ(verdict("ratios", {std::string(400, 'a'), std::string(20, 'b')}, {.max_ratio = 20}), keep);
}

TEST(CopyFilter, drops_sentences_and_flags_names) {
  EXPECT_EQ(verdict("copies", {"This was never translated.", "this was never translated"}), drop);
  EXPECT_EQ(verdict("copies", {"Red Hat Linux", "Red Hat Linux"}), flag);
  EXPECT_EQ(verdict("copies", {"Red Hat Linux", "Red Hat Linux"}, {.copied_words = 3}), drop);
  EXPECT_EQ(verdict("copies", {"我想去北京看看长城", "我想去北京看看长城"}), flag);
  EXPECT_EQ(verdict("copies", {"我想去北京看看长城和故宫", "我想去北京看看长城和故宫"}), drop);
  EXPECT_EQ(verdict("copies", {"12 34 56 78", "12 34 56 78"}), keep);
}

TEST(NumberFilter, flags_unless_told_to_drop) {
  const TextPair pair{"It costs 15 euros.", "Es kostet 51 Euro."};
  EXPECT_EQ(verdict("numbers", pair), flag);
  EXPECT_EQ(verdict("numbers", pair, {.numbers = FilterAction::drop}), drop);
  EXPECT_EQ(verdict("numbers", {"20,000", "20.000"}), keep);
}

TEST(SymbolFilter, drops_rulers_and_tables) {
  EXPECT_EQ(verdict("symbols", {"=====================", "a"}), drop);
  EXPECT_EQ(verdict("symbols", {"| --- | --- | x |", "| --- | --- | x |"}), drop);
  EXPECT_EQ(verdict("symbols", {"-- \"What?\" -- \"No!\"", "– „Was?“ – „Nein!“"}), keep);
}

TEST(RepeatFilter, keeps_the_first) {
  FilterSet filters = FilterSet::reporting({}, {});
  EXPECT_EQ(verdict(filters, "repeats", {"a", "b"}), keep);
  EXPECT_EQ(verdict(filters, "repeats", {"b", "a"}), keep);
  EXPECT_EQ(verdict(filters, "repeats", {"a", "b"}), drop);
  EXPECT_EQ(verdict(filters, "repeats", {"a", "B"}), keep);
}

TEST(TranslationFilter, flags_a_source_with_another_target_and_never_drops) {
  FilterSet filters = FilterSet::reporting({.translations = FilterAction::drop}, {});
  EXPECT_EQ(verdict(filters, "translations", {"a", "b"}), keep);
  EXPECT_EQ(verdict(filters, "translations", {"a", "b"}), keep);
  EXPECT_EQ(verdict(filters, "translations", {"a", "c"}), flag);
}

TEST(ScriptFilter, goes_by_the_option) {
  const FilterOptions options{.target_script = "ru"};
  EXPECT_EQ(verdict("scripts", {"This is another language", "This is another language"}, options), drop);
  EXPECT_EQ(verdict("scripts", {"Windows", "Windows XP"}, options), flag);
  EXPECT_EQ(verdict("scripts", {"This is Windows", "Это Windows и Linux"}, options), keep);
  EXPECT_THROW(verdict("scripts", {"a", "b"}, {.source_script = "klingon"}), ConfigError);
}

TEST(ScriptFilter, learns_from_the_beginning_what_is_usual) {
  std::vector<ExaminedPair> beginning;
  for (int i = 0; i < 10; ++i)
    beginning.push_back(examine({"These are English words", "これは日本語の文です"}));
  FilterSet filters = FilterSet::reporting({}, {});
  filters.learn(beginning);
  EXPECT_EQ(verdict(filters, "scripts", {"Some words in English", "東京都千代田区霞が関"}), keep);
  EXPECT_EQ(verdict(filters, "scripts", {"Some words in English", "Some more words in English"}), drop);
  EXPECT_EQ(verdict(filters, "scripts", {"По-русски это много слов", "これは日本語の文です"}), drop);
}

TEST(ScriptFilter, judges_nothing_where_scripts_are_mixed_at_first) {
  FilterSet filters = FilterSet::reporting({}, {});
  filters.learn(std::vector{examine({"English words", "слова"}), examine({"слова слова", "English words"})});
  EXPECT_EQ(verdict(filters, "scripts", {"These are some English words", "слова"}), keep);
}

TEST(OverlapFilter, drops_held_out_pairs_whatever_their_case_and_punctuation) {
  HeldOutPairs held_out;
  held_out.add(examine({"A dog runs.", "Ein Hund rennt."}));
  FilterSet filters = FilterSet::reporting({}, std::move(held_out));
  EXPECT_EQ(verdict(filters, "overlap", {"a dog runs", "Ein Hund rennt!"}), drop);
  EXPECT_EQ(verdict(filters, "overlap", {"A dog runs.", "Ein Hund läuft."}), flag);
  EXPECT_EQ(verdict(filters, "overlap", {"A cat runs.", "Eine Katze rennt."}), keep);
}

TEST(FilterSet, leaves_out_what_is_off_and_for_training_what_does_not_drop) {
  const FilterOptions options{.ratios = FilterAction::off, .copies = FilterAction::flag};
  const auto names = [](const FilterSet& filters) {
    std::string all;
    for (std::size_t i = 0; i < filters.size(); ++i) all += std::string(filters.info(i).name) + " ";
    return all;
  };
  EXPECT_EQ(names(FilterSet::reporting(options, {})),
            "invalid empty characters scripts symbols lengths copies numbers repeats translations ");
  EXPECT_EQ(names(FilterSet::dropping(options, {})),
            "invalid empty characters scripts symbols lengths repeats ");
}

TEST(HashSet, tells_what_is_new_among_many) {
  HashSet set;
  for (std::uint64_t i = 0; i < 100'000; ++i) EXPECT_TRUE(set.insert((i + 1) * 0x10001));
  for (std::uint64_t i = 0; i < 100'000; ++i) EXPECT_FALSE(set.insert((i + 1) * 0x10001));
  EXPECT_EQ(set.size(), 100'000u);
  EXPECT_TRUE(set.contains(0x10001));
  EXPECT_FALSE(set.contains(3));
  EXPECT_FALSE(HashSet().contains(0));
}

}  // namespace
}  // namespace heed
