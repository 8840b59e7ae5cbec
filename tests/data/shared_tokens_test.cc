#include "heed/data/shared_tokens.h"

#include <gtest/gtest.h>

#include <numeric>

#include "heed/base/random.h"

namespace heed {
namespace {

TokenStream stream_of(const std::vector<Index>& tokens) {
  TokenStream stream;
  stream.add(tokens);
  return stream;
}

std::vector<Index> drawn(Index count, std::uint32_t seed) {
  Random random(seed);
  std::vector<Index> tokens;
  for (Index i = 0; i < count; ++i) tokens.push_back(static_cast<Index>(random.below(100)));
  return tokens;
}

Index shared(const std::vector<Index>& text, const std::vector<Index>& other, Index run = 8) {
  const TokenStream one = stream_of(text), two = stream_of(other);
  return tokens_shared_with({one, 0, one.size()}, {two, 0, two.size()}, run);
}

TEST(SharedTokens, are_all_where_one_text_is_part_of_the_other_at_any_place) {
  const std::vector<Index> other = drawn(200'000, 1);
  for (const Index at : {0, 1, 7, 65'530, 131'000})
    EXPECT_EQ(shared({other.begin() + at, other.begin() + at + 800}, other), 800) << at;
}

TEST(SharedTokens, are_none_of_texts_that_have_nothing_in_common) {
  EXPECT_EQ(shared(drawn(5000, 1), drawn(100'000, 2)), 0);
  EXPECT_EQ(shared({}, drawn(100, 1)), 0);
  EXPECT_EQ(shared(drawn(100, 1), {}), 0);
}

TEST(SharedTokens, are_counted_by_runs) {
  std::vector<Index> text = drawn(80, 1);
  const std::vector<Index> other(text.begin() + 16, text.begin() + 44);
  EXPECT_EQ(shared(text, other), 24);
  EXPECT_EQ(shared(text, text, 64), 64) << "what is left over at the end is no run";
}

TEST(SharedTokens, count_a_run_as_often_as_the_text_has_it) {
  std::vector<Index> text(32);
  std::iota(text.begin(), text.begin() + 8, 0);
  for (std::size_t i = 8; i < text.size(); ++i) text[i] = text[i - 8];
  EXPECT_EQ(shared(text, {text.begin(), text.begin() + 8}), 32);
}

TEST(SharedTokens, of_a_text_shorter_than_a_run_are_all_or_none) {
  EXPECT_EQ(shared({1, 2, 3}, {9, 1, 2, 3, 9}), 3);
  EXPECT_EQ(shared({1, 2, 3}, {9, 1, 2, 4, 9}), 0);
}

TEST(SharedTokens, are_those_of_the_ranges) {
  const TokenStream all = stream_of(drawn(1000, 1));
  EXPECT_EQ(tokens_shared_with({all, 500, 580}, {all, 0, 1000}, 8), 80);
  EXPECT_EQ(tokens_shared_with({all, 500, 580}, {all, 0, 540}, 8), 40);
  EXPECT_EQ(tokens_shared_with({all, 500, 580}, {all, 0, 500}, 8), 0);
}

}  // namespace
}  // namespace heed
