#include "heed/sample/sample_text.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(SampleText, has_one_kind_of_space_between_words_and_none_at_the_ends) {
  EXPECT_EQ(sample_text(u"\u202F5\u00A0km\u2009\u2013 6\u3000\tkm "), "5 km – 6 km");
}

TEST(SampleText, has_no_invisible_marks_but_joiners) {
  EXPECT_EQ(sample_text(u"\u200F\u061Cein\u00ADund\u200Bzwanzig\u200E"), "einundzwanzig");
  EXPECT_EQ(sample_text(u"می\u200Cروم"), "می\u200Cروم");
}

TEST(SampleText, is_in_composed_form) { EXPECT_EQ(sample_text(u"Ma\u0308rz"), "März"); }

}  // namespace
}  // namespace heed
