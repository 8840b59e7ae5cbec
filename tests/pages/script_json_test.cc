#include "heed/pages/script_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace heed {
namespace {

TEST(ScriptJson, holds_nothing_that_html_takes_for_markup_and_means_the_same) {
  const nlohmann::json value{{"</script><!--", "a & b <script>alert(1)</script> ]]>"}};
  const std::string text = script_json(value);
  EXPECT_EQ(text.find_first_of("<>&"), std::string::npos) << text;
  EXPECT_EQ(nlohmann::json::parse(text), value);
}

TEST(ScriptJson, replaces_bytes_that_are_not_utf_8) {
  EXPECT_EQ(nlohmann::json::parse(script_json({{"text", "\xff"}}))["text"], "\xEF\xBF\xBD");
}

TEST(ScriptJson, is_put_where_a_page_wants_it_even_if_it_names_that_place) {
  EXPECT_EQ(page_with_report("<p>{{report}}</p>", "{{report}}"), "<p>\"{{report}}\"</p>");
}

}  // namespace
}  // namespace heed
