#include "heed/http/query_string.h"

#include <gtest/gtest.h>

#include "heed/http/response.h"

namespace heed::http {
namespace {

TEST(QueryString, gives_names_and_values_in_their_order) {
  const Fields expected{{"q", "a b"}, {"q", "ü+"}, {"empty", ""}, {"bare", ""}, {"", "nameless"}};
  EXPECT_EQ(parse_query_string("q=a+b&&q=%C3%BC%2b&empty=&bare&=nameless"), expected);
  EXPECT_EQ(parse_query_string(""), Fields());
  EXPECT_EQ(parse_query_string("a=b=c"), (Fields{{"a", "b=c"}}));
}

TEST(QueryString, refuses_a_percent_sign_that_stands_alone) {
  for (const char* text : {"q=%", "q=100%", "q=%4", "q=%zz", "%=1"})
    EXPECT_THROW(parse_query_string(text), RequestError) << text;
}

TEST(QueryString, refuses_a_flood_of_fields) {
  std::string text;
  for (int i = 0; i < 1001; ++i) text += "a=b&";
  EXPECT_THROW(parse_query_string(text), RequestError);
}

}  // namespace
}  // namespace heed::http
