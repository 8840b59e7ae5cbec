#include "heed/corpus/word_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace heed {
namespace {

std::vector<std::string> sorted_words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  std::sort(words.begin(), words.end());
  return words;
}

TEST(WordOrder, shuffled_words_are_the_same_words) {
  const std::string text = "ein Hund läuft  über die\tgroße Wiese und bellt .";
  Random random(1);
  const std::string shuffled = shuffled_words(text, random);
  EXPECT_NE(shuffled, text);
  EXPECT_EQ(sorted_words(shuffled), sorted_words(text));
}

TEST(WordOrder, every_order_comes_up) {
  Random random(1);
  std::vector<std::string> seen;
  for (int i = 0; i < 200; ++i) seen.push_back(shuffled_words("a b c", random));
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()) - seen.begin(), 6);
}

TEST(WordOrder, of_a_source_depends_on_the_seed_and_its_place_alone) {
  const std::vector<TextPair> pairs{{"a b c d e f g h", "x"}, {"i j k l m n o p", "y"}};
  std::vector<TextPair> longer = pairs;
  longer.push_back({"q r s", "z"});
  longer[0].source = "another first one";
  const ShuffledSources once = shuffle_sources(pairs, 1), again = shuffle_sources(longer, 1),
                        other = shuffle_sources(pairs, 2);
  EXPECT_EQ(once.pairs[1].source, again.pairs[1].source);
  EXPECT_NE(once.pairs[1].source, other.pairs[1].source);
  EXPECT_EQ(once.pairs[1].target, "y");
}

TEST(WordOrder, of_one_word_or_none_cannot_change) {
  const ShuffledSources shuffled =
      shuffle_sources({{"", "x"}, {"one", "x"}, {" the  the ", "x"}, {"a b c d e f g h i j", "x"}}, 1);
  EXPECT_EQ(shuffled.changed, (std::vector<bool>{false, false, false, true}));
}

}  // namespace
}  // namespace heed
