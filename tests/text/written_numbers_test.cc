#include "heed/text/written_numbers.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

using Numbers = std::vector<std::uint64_t>;

bool agree(std::string_view a, std::string_view b) {
  return same_numbers(written_numbers(a), written_numbers(b));
}

TEST(WrittenNumbers, are_joined_across_separators_and_kept_in_parts) {
  const WrittenNumbers numbers = written_numbers("On 2.1.2020, 1,000.5 of 7.");
  EXPECT_EQ(numbers.whole, (Numbers{7, 10005, 212020}));
  EXPECT_EQ(numbers.parts, (Numbers{0, 1, 1, 2, 5, 7, 2020}));
}

TEST(WrittenNumbers, of_other_scripts_are_numbers_too) {
  EXPECT_EQ(written_numbers("٤٢ and ４２").whole, (Numbers{42, 42}));
  EXPECT_TRUE(agree("42", "४२"));
}

TEST(SameNumbers, holds_whatever_the_separators_and_the_order) {
  EXPECT_TRUE(agree("1,234,567.5 km", "1.234.567,5 km"));
  EXPECT_TRUE(agree("20 000 people, 1999", "1999, 20.000 Menschen"));
  EXPECT_TRUE(agree("on 12/24/2020", "am 24.12.2020"));
}

TEST(SameNumbers, lets_small_numbers_be_words) {
  EXPECT_TRUE(agree("12 apostles", "zwölf Apostel"));
  EXPECT_FALSE(agree("13 apostles", "dreizehn Apostel"));
}

TEST(SameNumbers, does_not_hold_for_other_numbers) {
  EXPECT_FALSE(agree("It costs 15 euros.", "Es kostet 51 Euro."));
  EXPECT_FALSE(agree("in 1999", "damals"));
  EXPECT_FALSE(agree("5 dogs", "6 Hunde"));
}

TEST(SameNumbers, holds_where_there_are_none) { EXPECT_TRUE(agree("none", "keine")); }

TEST(WrittenNumbers, of_more_digits_than_a_word_holds_still_compare) {
  const std::string digits(500, '7');
  EXPECT_TRUE(agree(digits, digits));
  EXPECT_FALSE(agree(digits, digits + "1"));
}

}  // namespace
}  // namespace heed
