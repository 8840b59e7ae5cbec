#include "heed/corpus/held_out.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace heed {
namespace {

/// Pairs of so many sources, each with three translations.
std::vector<TextPair> corpus(int sources) {
  std::vector<TextPair> pairs;
  for (int i = 0; i < 3 * sources; ++i)
    pairs.push_back({"source " + std::to_string(i % sources), "target " + std::to_string(i)});
  return pairs;
}

HeldOutChoice choice_of(const std::vector<TextPair>& pairs, Index count, std::uint64_t seed = 1) {
  HeldOutChoice choice(count, seed);
  for (const TextPair& pair : pairs) choice.see(pair);
  return choice;
}

TEST(HeldOutChoice, takes_about_as_many_as_asked_for_and_a_tenth_at_most) {
  const auto pairs = corpus(10'000);
  EXPECT_NEAR(static_cast<double>(choice_of(pairs, 1000).take().size()), 1000, 200);
  EXPECT_NEAR(static_cast<double>(choice_of(pairs, 30'000).take().size()), 3000, 400);
  EXPECT_TRUE(choice_of(pairs, 0).take().empty());
}

TEST(HeldOutChoice, takes_what_its_rule_holds_and_all_of_a_source) {
  const auto pairs = corpus(3000);
  HeldOutChoice choice = choice_of(pairs, 200);
  const HeldOutRule rule = choice.rule();
  std::set<std::string> targets, sources;
  for (const TextPair& pair : choice.take()) {
    targets.insert(pair.target);
    sources.insert(pair.source);
  }
  EXPECT_EQ(targets.size(), 3 * sources.size());
  Index number = 0;
  for (const TextPair& pair : pairs) EXPECT_EQ(rule.holds(pair, number++), targets.contains(pair.target));
}

TEST(HeldOutChoice, follows_from_the_seed) {
  const auto pairs = corpus(3000);
  const auto first = [&](std::uint64_t seed) { return choice_of(pairs, 200, seed).take().front().target; };
  EXPECT_EQ(first(1), first(1));
  EXPECT_NE(first(1), first(2));
}

TEST(HeldOutChoice, leaves_something_on_both_sides_of_any_two_pairs) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(choice_of({{"a", "A"}, {"b", "B"}}, 1000, seed).take().size(), 1u);
    EXPECT_EQ(choice_of({{"a", "A"}, {"a", "B"}}, 1000, seed).take().size(), 1u) << "of one source";
  }
  EXPECT_TRUE(choice_of({{"a", "A"}}, 1000).take().empty());
  EXPECT_TRUE(choice_of({}, 1000).take().empty());
}

}  // namespace
}  // namespace heed
