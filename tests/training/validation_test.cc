#include "heed/training/validation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace heed {
namespace {

const std::vector<Measure> measures{
    {.name = "loss", .title = "loss", .value = 1.23456, .better = Better::lower, .digits = 4},
    {.name = "bleu", .title = "BLEU", .value = 38.975}};

TEST(Measures, are_found_by_name) {
  EXPECT_EQ(find_measure(measures, "bleu"), &measures[1]);
  EXPECT_EQ(find_measure(measures, "BLEU"), nullptr);
  EXPECT_EQ(find_measure({}, "loss"), nullptr);
}

TEST(Measures, are_shown_with_titles_and_digits_of_their_own) {
  EXPECT_EQ(measures_text(measures), "loss 1.2346  BLEU 38.98");
  EXPECT_EQ(measures_text(measures, ", "), "loss 1.2346, BLEU 38.98");
  EXPECT_EQ(measures_text({{.name = "loss", .title = "loss", .value = std::nan("")}}), "loss nan");
  EXPECT_EQ(measures_text({}), "");
}

TEST(AValidation, gives_the_value_of_a_measure_or_says_that_there_is_none) {
  const Validation validation{.measures = measures, .samples = {}, .by_length = {}};
  EXPECT_EQ(validation.value("bleu"), 38.975);
  try {
    validation.value("accuracy");
    FAIL() << "a measure that is not there";
  } catch (const std::logic_error& error) {
    EXPECT_STREQ(error.what(), "validation: no measure accuracy");
  }
}

TEST(FarBelow, is_less_than_half_and_more_than_five_points_less_of_what_should_be_high) {
  const auto below = [](double value, double best, Better better = Better::higher) {
    return far_below({.name = "m", .title = "m", .value = value, .better = better}, best);
  };
  EXPECT_TRUE(below(9.8, 100));
  EXPECT_TRUE(below(0, 6));
  EXPECT_FALSE(below(50, 100));
  EXPECT_FALSE(below(1, 5.5));  // as early validations differ by chance
  EXPECT_FALSE(below(100, 9.8));
  EXPECT_FALSE(below(0.1, 100, Better::lower));
  EXPECT_FALSE(below(std::nan(""), 100));
}

}  // namespace
}  // namespace heed
