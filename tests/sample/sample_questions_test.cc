#include "heed/sample/sample_questions.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace heed {
namespace {

TEST(SampleQuestions, have_answers_that_stand_in_their_paragraphs) {
  const auto json = nlohmann::json::parse(sample_questions(100));
  int questions = 0, without = 0;
  for (const auto& paragraph : json["data"][0]["paragraphs"])
    for (const auto& question : paragraph["qas"]) {
      ++questions;
      if (question["is_impossible"]) {
        ++without;
        continue;
      }
      const std::string text = question["answers"][0]["text"];
      EXPECT_EQ(
          paragraph["context"].get<std::string>().substr(question["answers"][0]["answer_start"], text.size()),
          text);
    }
  EXPECT_EQ(questions, 100);
  EXPECT_EQ(without, 20);
}

TEST(SampleQuestions, follow_from_count_and_seed) {
  EXPECT_EQ(sample_questions(12), sample_questions(12));
  EXPECT_NE(sample_questions(12), sample_questions(12, 2));
  EXPECT_TRUE(nlohmann::json::parse(sample_questions(0))["data"][0]["paragraphs"].empty());
}

}  // namespace
}  // namespace heed
