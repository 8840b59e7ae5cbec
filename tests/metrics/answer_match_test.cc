#include "heed/metrics/answer_match.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "heed/base/files.h"

namespace heed {
namespace {

TEST(AnswerMatch, is_that_of_squads_evaluation) {
  const auto golden = nlohmann::json::parse(read_file(HEED_SOURCE_DIR "/tests/golden/metrics/answers.json"));
  ASSERT_GE(golden["cases"].size(), 400u);
  for (const auto& json : golden["cases"]) {
    const std::string answer = json["answer"];
    EXPECT_EQ(normalized_answer(answer), json["normalized"]) << json;
    const AnswerMatch match = answer_match(answer, json["references"].get<std::vector<std::string>>());
    EXPECT_EQ(match.exact, json["exact"].get<double>()) << json;
    EXPECT_NEAR(match.f1, json["f1"].get<double>(), 1e-12) << json;
  }
}

TEST(AnswerMatch, passes_over_case_articles_and_punctuation) {
  const std::vector<std::string> references{"the Broncos", "Denver Broncos"};
  EXPECT_EQ(answer_match("The broncos!", references).exact, 1);
  EXPECT_EQ(answer_match("Denver", references).exact, 0);
  EXPECT_NEAR(answer_match("Denver", references).f1, 2.0 / 3, 1e-12);
}

TEST(AnswerMatch, without_references_is_right_for_no_answer_alone) {
  EXPECT_EQ(answer_match("", {}).f1, 1);
  EXPECT_EQ(answer_match("", {}).exact, 1);
  EXPECT_EQ(answer_match("Denver", {}).f1, 0);
  EXPECT_EQ(answer_match("", std::vector<std::string>{"Denver"}).exact, 0);
}

}  // namespace
}  // namespace heed
