#include "heed/corpus/questions/question_set.h"

#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

using Json = nlohmann::ordered_json;

/// SQuAD's JSON of one paragraph with one question.
Json one_question(const std::string& context, const std::string& answer, Index start) {
  Json question{{"id", "q1"}, {"question", "What?"}};
  Json given{{"text", answer}};
  given["answer_start"] = start;
  question["answers"] = Json::array({given});
  Json paragraph{{"context", context}};
  paragraph["qas"] = Json::array({question});
  Json article{{"title", "t"}};
  article["paragraphs"] = Json::array({paragraph});
  Json all{{"version", "1.1"}};
  all["data"] = Json::array({article});
  return all;
}

Json& the_question(Json& json) { return json["data"][0]["paragraphs"][0]["qas"][0]; }

QuestionSet read(const std::string& json, BadAnswers bad = BadAnswers::refuse) {
  QuestionSet set;
  Index skipped = 0;
  add_questions(json, "here", bad, set, skipped);
  return set;
}

std::string refused(const std::string& json) {
  return message_of<DataError>([&] { read(json); });
}

TEST(QuestionSet, counts_characters_where_the_file_does_and_bytes_itself) {
  const QuestionSet set = read(one_question("Caf\u00e9 \U0001F600 in Paris.", "Paris", 10).dump());
  ASSERT_EQ(set.questions.size(), 1u);
  const AnswerText& answer = set.questions[0].answers[0];
  EXPECT_EQ(set.paragraphs[0].substr(answer.begin, answer.end() - answer.begin), "Paris");
  EXPECT_EQ(answer.begin, 14u);
}

TEST(QuestionSet, holds_each_answer_once_and_none_where_there_is_none) {
  Json json = one_question("a b a", "a", 0);
  Json& answers = the_question(json)["answers"];
  answers.push_back(answers[0]);
  answers.push_back({{"text", "a"}, {"answer_start", 4}});
  EXPECT_EQ(read(json.dump()).questions[0].answers.size(), 2u);
  the_question(json)["is_impossible"] = true;
  EXPECT_TRUE(read(json.dump()).questions[0].answers.empty());
  the_question(json).erase("is_impossible");
  the_question(json)["answers"] = Json::array();
  EXPECT_TRUE(read(json.dump()).questions[0].answers.empty());
}

TEST(QuestionSet, refuses_answers_that_do_not_stand_in_their_paragraph_or_leaves_them_out) {
  for (const auto& [answer, start] : {std::pair{"Rome", 3}, std::pair{"Paris", 4}, std::pair{"Paris", 99},
                                      std::pair{"Paris", -1}, std::pair{"", 3}}) {
    const std::string json = one_question("In Paris.", answer, start).dump();
    EXPECT_NE(refused(json).find("does not stand at character " + std::to_string(start)), std::string::npos)
        << json;
    EXPECT_TRUE(read(json, BadAnswers::skip).questions.empty());
    EXPECT_TRUE(read(json, BadAnswers::skip).paragraphs.empty());
  }
}

TEST(QuestionSet, says_what_is_wrong_with_a_file) {
  EXPECT_NE(refused("{\"data\"").find("here: is no JSON"), std::string::npos);
  EXPECT_NE(refused("").find("here: is no JSON"), std::string::npos);
  EXPECT_NE(refused("[]").find("has no list \"data\""), std::string::npos);
  EXPECT_NE(refused("{\"data\": [3]}").find("has no list \"paragraphs\""), std::string::npos);
  EXPECT_NE(refused("{\"data\": [{\"paragraphs\": [{\"qas\": []}]}]}").find("has no text \"context\""),
            std::string::npos);
  Json json = one_question("In Paris.", "Paris", 3);
  the_question(json)["answers"][0]["answer_start"] = "3";
  EXPECT_NE(refused(json.dump()).find("question q1: an answer has no whole number"), std::string::npos);
  the_question(json).erase("question");
  EXPECT_NE(refused(json.dump()).find("question q1: has no text \"question\""), std::string::npos);
  json = one_question("In Paris.", "Paris", 3);
  json["data"].push_back(json["data"][0]);
  EXPECT_NE(refused(json.dump()).find("question q1 is there twice"), std::string::npos);
  EXPECT_NE(refused(std::string(100'000, '[')).find("is no JSON"), std::string::npos);
}

using QuestionFiles = WithFolder;

TEST_F(QuestionFiles, are_read_one_after_the_other_and_told_of_what_is_left_out) {
  Json second = one_question("In Rome.", "Oslo", 3);
  the_question(second)["id"] = "q2";
  const std::vector<std::filesystem::path> files{file("a.json", one_question("In Paris.", "Paris", 3).dump()),
                                                 file("b.json", second.dump())};
  std::string told;
  const QuestionSet set =
      read_questions(files, BadAnswers::skip, [&](const std::string& note) { told += note; });
  EXPECT_EQ(set.questions.size(), 1u);
  EXPECT_NE(told.find("b.json: 1 question is left out"), std::string::npos) << told;
  EXPECT_THROW(read_questions(files), DataError);
}

TEST(QuestionSet, has_answers_that_squads_evaluation_reads) {
  const QuestionSet set = read(one_question("In Paris.", "Paris", 3).dump());
  EXPECT_EQ(Json::parse(answers_json(set.questions, std::vector<std::string>{"a \"b\""})),
            (Json{{"q1", "a \"b\""}}));
}

}  // namespace
}  // namespace heed
