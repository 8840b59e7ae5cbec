#include "heed/sample/sample_lists.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "heed/sample/sample_text.h"

namespace heed {
namespace {

/// A phrase that both languages write alike.
SamplePhrase same(const char* text) {
  return {icu::UnicodeString::fromUTF8(text), icu::UnicodeString::fromUTF8(text)};
}

TEST(SampleLists, join_by_and_and_or_as_each_language_does) {
  const SampleLists lists(icu::Locale("en"), icu::Locale("de"));
  const std::vector<SamplePhrase> items{same("a"), same("b"), same("c")};
  Random random(/*seed=*/1);
  int ands = 0, ors = 0;
  for (int i = 0; i < 100; ++i) {
    const SamplePhrase list = lists.join(items, random);
    const std::string source = sample_text(list.source), target = sample_text(list.target);
    ands += source == "a, b, and c" && target == "a, b und c";
    ors += source == "a, b, or c" && target == "a, b oder c";
  }
  EXPECT_GT(ands, 40);
  EXPECT_GT(ors, 5);
}

TEST(SampleLists, quote_an_item_that_holds_a_separator) {
  const SampleLists lists(icu::Locale("en"), icu::Locale("de"));
  const std::vector<SamplePhrase> items{{u"May 5, 2024", u"5. Mai 2024"}, {u"“”", u"„“"}};
  Random random(/*seed=*/1);
  for (int i = 0; i < 20; ++i) {
    const SamplePhrase list = lists.join(items, random);
    EXPECT_TRUE(sample_text(list.source).starts_with("“May 5, 2024” ")) << sample_text(list.source);
    EXPECT_TRUE(sample_text(list.target).starts_with("„5. Mai 2024“ ")) << sample_text(list.target);
  }
}

TEST(SampleLists, quote_a_phrase_alone_only_if_it_looks_like_a_list) {
  const SampleLists lists(icu::Locale("fr"), icu::Locale("en"));
  EXPECT_EQ(sample_text(lists.alone({u"2 jours et 3 heures", u"2 days, 3 hours"}).source),
            "«2 jours et 3 heures»");
  EXPECT_EQ(sample_text(lists.alone({u"2 jours et 3 heures", u"2 days, 3 hours"}).target),
            "“2 days, 3 hours”");
  EXPECT_EQ(sample_text(lists.alone({u"2 jours", u"2 days"}).source), "2 jours");
}

}  // namespace
}  // namespace heed
