#include "heed/service/degeneration.h"

#include <gtest/gtest.h>

#include <vector>

namespace heed {
namespace {

using Tokens = std::vector<Index>;

Degeneration of_tokens(const Tokens& source, const Tokens& target) {
  return degeneration({"one text", "ein anderer", source, target});
}
Degeneration of_texts(std::string_view source, std::string_view target) {
  const Tokens tokens{5, 6, 7};
  return degeneration({source, target, tokens, tokens});
}

TEST(TheDegeneration, notices_loops_of_any_period) {
  EXPECT_EQ(of_tokens({5, 6}, {8, 8, 8, 8}), Degeneration::repetition);
  EXPECT_EQ(of_tokens({5, 6}, {7, 8, 9, 8, 9, 8, 9, 8, 9, 7}), Degeneration::repetition);
  EXPECT_EQ(of_tokens({5, 6}, {7, 8, 9, 8, 9, 8, 9, 7}), Degeneration::none);
  EXPECT_EQ(of_tokens({5, 6}, {}), Degeneration::none);
}

TEST(TheDegeneration, lets_repeat_what_repeats_in_the_source) {
  EXPECT_EQ(of_tokens({5, 5, 5, 5}, {8, 8, 8, 8, 8}), Degeneration::none);
  EXPECT_EQ(of_tokens({5, 5, 5, 5}, {8, 8, 8, 8, 8, 8, 8, 8, 8}), Degeneration::repetition);
}

TEST(TheDegeneration, notices_copies_of_the_source) {
  EXPECT_EQ(of_texts("Where is the dog?", " where is the dog?"), Degeneration::copy);
  EXPECT_EQ(of_texts("A man rides a brown horse home.", "A man rides a brown horse heim."),
            Degeneration::copy);
  EXPECT_EQ(of_texts("A man rides a brown horse.", "Ein Mann reitet ein braunes Pferd."), Degeneration::none);
  EXPECT_EQ(of_texts("Barack", "Barack"), Degeneration::none);
}

}  // namespace
}  // namespace heed
