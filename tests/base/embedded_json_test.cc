#include "heed/base/embedded_json.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(EmbeddedJson, takes_the_place_of_the_marker) {
  EXPECT_EQ(page_with("<script>{{report}}</script>", R"({"a":1})"), R"(<script>{"a":1}</script>)");
}

TEST(EmbeddedJson, writes_what_html_could_take_for_markup_as_escapes) {
  EXPECT_EQ(page_with("{{report}}", R"(["</script><!--&"])"), R"(["\u003c/script\u003e\u003c!--\u0026"])");
}

TEST(EmbeddedJson, is_not_looked_for_markers_itself) {
  EXPECT_EQ(page_with("[{{report}}]", R"("{{report}}")"), R"(["{{report}}"])");
}

}  // namespace
}  // namespace heed
