#include "heed/sample/sample_corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "heed/base/error.h"

namespace heed {
namespace {

std::map<std::string, std::string> translations(const SampleOptions& options) {
  std::map<std::string, std::string> found;
  for (const TextPair& pair : sample_corpus(options)) {
    EXPECT_TRUE(found.emplace(pair.source, pair.target).second) << "twice: " << pair.source;
    EXPECT_FALSE(pair.source.empty() || pair.target.empty());
  }
  return found;
}

TEST(SampleCorpus, follows_from_its_seed) {
  const auto one = translations({.count = 2'000, .seed = 1});
  EXPECT_EQ(one, translations({.count = 2'000, .seed = 1}));
  EXPECT_NE(one, translations({.count = 2'000, .seed = 2}));
}

TEST(SampleCorpus, begins_as_a_shorter_one_of_the_same_seed) {
  const auto shorter = sample_corpus({.count = 100}), longer = sample_corpus({.count = 300});
  for (std::size_t i = 0; i < shorter.size(); ++i) EXPECT_EQ(shorter[i].source, longer[i].source);
}

TEST(SampleCorpus, says_the_same_thing_in_whatever_corpus_it_occurs) {
  for (const auto& [source, target] : std::vector<std::pair<std::string, std::string>>{{"en", "de"},
                                                                                       {"de", "en"},
                                                                                       {"en", "ja"},
                                                                                       {"ar", "en"},
                                                                                       {"hi", "en"},
                                                                                       {"pt_BR", "fr"},
                                                                                       {"zh_Hant", "de"}}) {
    const auto one =
        translations({.source_locale = source, .target_locale = target, .count = 5'000, .seed = 1});
    const auto other =
        translations({.source_locale = source, .target_locale = target, .count = 5'000, .seed = 2});
    std::size_t shared = 0;
    for (const auto& [text, translation] : one)
      if (const auto met = other.find(text); met != other.end()) {
        ++shared;
        EXPECT_EQ(translation, met->second) << text;
      }
    EXPECT_GT(shared, 100u) << source << " to " << target;
  }
}

TEST(SampleCorpus, of_two_hundred_thousand_pairs_is_reached_and_right) {
  const auto found = translations({.count = 200'000});
  EXPECT_EQ(found.size(), 200'000u);
  // Of kinds with few values, which so large a corpus holds nearly all of.
  const std::map<std::string, std::string> expected{{"six hundred fifty-four", "sechshundertvierundfünfzig"},
                                                    {"twenty-first", "einundzwanzigste"},
                                                    {"nineteen eighty-four", "neunzehnhundertvierundachtzig"},
                                                    {"in 3 days", "in 3 Tagen"},
                                                    {"December 24", "24. Dezember"},
                                                    {"8:30 PM", "20:30"},
                                                    {"12%", "12 %"}};
  for (const auto& [source, target] : expected) {
    ASSERT_TRUE(found.contains(source)) << source;
    EXPECT_EQ(found.at(source), target);
  }
}

TEST(SampleCorpus, is_one_third_lists_and_holds_every_kind) {
  const SampleCorpus corpus = sample_corpus_by_kind({.count = 10'000});
  Index total = 0, lists = 0;
  for (const SampleKind& kind : corpus.kinds) {
    total += kind.pairs;
    if (kind.name.find("list") != std::string::npos) lists += kind.pairs;
    const std::set<std::string> only_in_lists{"country", "language", "currency", "weekday", "month"};
    EXPECT_EQ(kind.pairs == 0, only_in_lists.contains(kind.name)) << kind.name;
    EXPECT_LT(kind.pairs, 3'500) << kind.name;
  }
  EXPECT_EQ(total, 10'000);
  EXPECT_GT(lists, 3'000);
  EXPECT_LT(lists, 4'500);
}

TEST(SampleCorpus, of_chosen_kinds_holds_no_other) {
  const std::vector<std::string> chosen{"date", "number in words"};
  for (const SampleKind& kind : sample_corpus_by_kind({.count = 500, .kinds = chosen}).kinds)
    EXPECT_EQ(kind.pairs > 0, std::ranges::find(chosen, kind.name) != chosen.end()) << kind.name;
}

TEST(SampleCorpus, joins_chosen_kinds_only_in_its_lists) {
  for (const TextPair& pair : sample_corpus({.count = 500, .kinds = {"percentage", "mixed list"}}))
    EXPECT_NE(pair.source.find('%'), std::string::npos) << pair.source;
  EXPECT_FALSE(sample_corpus({.count = 50, .kinds = {"weekday", "mixed list"}}).empty());
}

TEST(SampleCorpus, refuses_kinds_that_there_are_not_and_says_which_there_are) {
  try {
    sample_corpus({.kinds = {"dates"}});
    FAIL() << "it was taken";
  } catch (const ConfigError& error) {
    const std::string said = error.what();
    EXPECT_NE(said.find("no kind 'dates'; did you mean 'date'?; there are mixed list, "), std::string::npos)
        << said;
  }
  EXPECT_THROW(sample_corpus({.kinds = {"weekday"}}), ConfigError) << "weekdays stand in lists only";
}

TEST(SampleCorpus, has_no_odd_spaces_or_marks_in_any_language) {
  for (const char* locale : {"fr", "ar", "he", "fa", "ja", "th", "zh_Hant", "hi", "sw"})
    for (const TextPair& pair : sample_corpus({.target_locale = locale, .count = 1'000}))
      for (const char* odd :
           {"\u00A0", "\u202F", "\u2009", "\u200F", "\u200E", "\u061C", "\u00AD", "\t", "\n", "  "})
        EXPECT_EQ(pair.target.find(odd), std::string::npos) << locale << ": " << pair.target;
}

TEST(SampleCorpus, refuses_a_language_with_itself) {
  EXPECT_THROW(sample_corpus({.source_locale = "de", .target_locale = "de"}), ConfigError);
  EXPECT_THROW(sample_corpus({.source_locale = "pt_BR", .target_locale = "pt-br"}), ConfigError);
  EXPECT_THROW(sample_corpus({.source_locale = "en", .target_locale = "xx"}), ConfigError);
  EXPECT_THROW(sample_corpus({.count = -1}), ConfigError);
}

TEST(SampleCorpus, of_no_pairs_is_empty) { EXPECT_TRUE(sample_corpus({.count = 0}).empty()); }

}  // namespace
}  // namespace heed
