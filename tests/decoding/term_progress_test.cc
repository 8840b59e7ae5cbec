#include "heed/decoding/term_progress.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TermProgress after(const Terms& terms, const std::vector<Index>& tokens) {
  TermProgress progress(terms);
  for (const Index token : tokens) progress.add(token, true);
  return progress;
}

TEST(TermProgress, counts_tokens_of_terms_that_are_met_or_being_written) {
  const Terms terms{{5, 6, 7}, {8}};
  EXPECT_EQ(after(terms, {}).tokens(), 0);
  EXPECT_EQ(after(terms, {5, 6}).tokens(), 2);
  EXPECT_EQ(after(terms, {5, 6, 7}).tokens(), 3);
  EXPECT_EQ(after(terms, {5, 6, 7, 9, 8}).tokens(), 4);
  EXPECT_TRUE(after(terms, {5, 6, 7, 9, 8}).all_met());
}

TEST(TermProgress, loses_a_term_that_is_left_and_begins_anew) {
  const Terms terms{{5, 6, 7}};
  EXPECT_EQ(after(terms, {5, 6, 9}).tokens(), 0);
  EXPECT_EQ(after(terms, {5, 6, 5}).tokens(), 1);
  EXPECT_TRUE(after(terms, {5, 6, 5, 6, 7}).all_met());
}

TEST(TermProgress, goes_on_with_all_terms_that_begin_alike) {
  const Terms terms{{5, 6}, {5, 7}};
  EXPECT_EQ(after(terms, {5}).continuing(), (std::vector<Index>{6, 7}));
  EXPECT_EQ(after(terms, {5, 7}).met(), 1);
  EXPECT_EQ(after(terms, {5, 7}).beginning(), (std::vector<Index>{5}));
}

TEST(TermProgress, meets_a_term_and_a_longer_one_that_begins_with_it_at_once) {
  const Terms terms{{5}, {5, 6}};
  EXPECT_EQ(after(terms, {5}).met(), 1);
  EXPECT_TRUE(after(terms, {5, 6}).all_met());
  EXPECT_TRUE(after(terms, {5, 9, 5, 6}).all_met());
}

TEST(TermProgress, begins_terms_where_words_begin_only) {
  const Terms terms{{5}};
  TermProgress progress(terms);
  progress.add(5, false);
  EXPECT_FALSE(progress.all_met());
  progress.add(5, true);
  EXPECT_TRUE(progress.all_met());
  EXPECT_TRUE(progress.just_met());
}

}  // namespace
}  // namespace heed
