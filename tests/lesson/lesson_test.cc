#include "heed/lesson/lesson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/error.h"
#include "heed/lesson/attention_by_hand.h"
#include "heed/lesson/counting.h"
#include "heed/lesson/lesson_page.h"

namespace heed {
namespace {

using nlohmann::json;

json counting() {
  CpuBackend kernels;
  return counting_lesson(kernels);
}

/// The entry of a table under these names; -1 where there is no such row or column.
double at(const json& table, const std::string& row, const std::string& column) {
  const std::vector<std::string> rows = table["rows"], columns = table["columns"];
  const auto r = std::find(rows.begin(), rows.end(), row),
             c = std::find(columns.begin(), columns.end(), column);
  if (r == rows.end() || c == columns.end()) return -1;
  return table["values"][static_cast<std::size_t>(r - rows.begin())]
              [static_cast<std::size_t>(c - columns.begin())];
}

double sum(const json& row) {
  double all = 0;
  for (const double value : row) all += value;
  return all;
}

TEST(Lesson, has_the_lectures_first_order_matrix) {
  const json table = counting()["first"]["table"];
  EXPECT_EQ(table["columns"],
            (std::vector<std::string>{"directories", "files", "me", "my", "photos", "please", "show"}));
  EXPECT_EQ(table["values"], json::parse(R"([
    [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 0, 0], [0.2, 0.3, 0, 0, 0.5, 0, 0],
    [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0]])"));
}

TEST(Lesson, has_the_lectures_second_order_matrix) {
  const json second = counting()["second"];
  EXPECT_EQ(at(second["first"], "ran", "down"), 0.4);
  EXPECT_EQ(at(second["first"], "ran", "please"), 0.6);
  EXPECT_EQ(at(second["table"], "battery ran", "down"), 1);
  EXPECT_EQ(at(second["table"], "program ran", "please"), 1);
  EXPECT_EQ(at(second["table"], "whether the", "battery"), 0.4);
  EXPECT_EQ(at(second["table"], "whether the", "program"), 0.6);
}

TEST(Lesson, counts_the_lectures_votes_before_and_after_masking) {
  const json skips = counting()["skips"];
  EXPECT_EQ(skips["unmasked"], json::parse(R"({"down": 4, "please": 5})"));
  EXPECT_EQ(skips["masked"], json::parse(R"({"down": 0, "please": 1})"));
  EXPECT_EQ(skips["mask"], json::parse(R"([{"earlier": "battery", "recent": "ran", "bits": 1},
                                           {"earlier": "program", "recent": "ran", "bits": 1}])"));
}

TEST(Lesson, gives_the_same_votes_by_products_by_a_layer_and_by_learning) {
  const json all = counting();
  EXPECT_EQ(at(all["products"]["votes"], "votes", "please"), 1);
  EXPECT_EQ(at(all["products"]["votes"], "votes", "down"), 0);
  EXPECT_EQ(all["feed_forward"]["votes"]["values"], json::parse("[[1.5, 0.5], [0.5, 1.5]]"));
  EXPECT_GT(at(all["learned"]["votes"], "next", "please"), 0.99);
  EXPECT_GT(at(all["learned"]["weights"], "ran", "program"), 0.99);
}

TEST(Lesson, pulls_rows_out_of_the_matrix_with_one_hot_vectors) {
  const json all = counting();
  EXPECT_EQ(all["one_hot"]["pulled"], all["first"]["table"]);
  EXPECT_EQ(all["one_hot"]["dot"], all["one_hot"]["one_hot"]);
}

TEST(Lesson, has_positions_and_weights_that_add_up) {
  CpuBackend kernels;
  const json all = attention_by_hand(kernels);
  EXPECT_EQ(at(all["positions"]["table"], "0", "1"), 1);
  EXPECT_NEAR(at(all["positions"]["table"], "1", "0"), 0.841471, 1e-6);
  for (const json& row : all["attention"]["weights"]["values"]) EXPECT_NEAR(sum(row), 1, 1e-5);
  for (const json& head : all["heads"])
    for (const json& row : head["values"]) EXPECT_NEAR(sum(row), 1, 1e-5);
}

TEST(Lesson, hides_later_words_and_those_of_no_sentence) {
  CpuBackend kernels;
  const json masks = attention_by_hand(kernels)["masks"];
  EXPECT_EQ(masks["causal"]["values"][0], json::parse("[1, 0, 0, 0]"));
  EXPECT_EQ(masks["padding"]["values"][1][2], 0);
  EXPECT_EQ(masks["padding"]["values"][3], json::parse("[0, 0, 0, 0]"));
}

TEST(Lesson, of_a_hostile_sentence_stays_text) {
  CpuBackend kernels;
  const std::string hostile = "</script><script>alert(1)</script> <!-- {{report}}";
  const std::string page = lesson_page(make_lesson(kernels, {.sentence = hostile, .minutes = 0.005}));
  const std::string open = "<script type=\"application/json\" id=\"report\">";
  const std::size_t begin = page.find(open) + open.size(), end = page.find("</script", begin);
  const std::string data = page.substr(begin, end - begin);
  EXPECT_EQ(data.find_first_of("<>&"), std::string::npos);
  EXPECT_EQ(json::parse(data)["trained"]["sentence"], hostile);
}

TEST(Lesson, refuses_a_sentence_that_is_not_utf8) {
  CpuBackend kernels;
  EXPECT_THROW(make_lesson(kernels, {.sentence = "\xFF"}), DataError);
}

TEST(LessonPage, refers_to_nothing_outside_itself_and_is_whole) {
  const std::string page = lesson_page(json::object());
  for (const char* reference : {"http:", "https:", "src=", "url(", "@import", "<link", "fetch(", "import "})
    EXPECT_EQ(page.find(reference), std::string::npos) << reference;
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(page.find("{{"), std::string::npos);
  EXPECT_TRUE(page.ends_with("</html>\n"));
}

}  // namespace
}  // namespace heed
