#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// From made-up questions to a model that answers others.
class AnswerProgram : public HeedProgram {
 protected:
  static constexpr const char* train =
      "train --task question-answering --train-questions questions.json --tokenizer whitespace --window 64 "
      "--maximum-positions 64 --width 48 --hidden 96 --heads 2 --layers 2 --dropout 0 --batch-tokens 1024 "
      "--warmup 30 --learning-rate 0.004 --validate-every 100 --output model ";

  void make_answerer(const std::string& more = "--updates 400", int count = 1500) const {
    ASSERT_EQ(
        heed("data sample --task question-answering --output questions.json --count " + std::to_string(count))
            .status,
        0);
    const Outcome outcome = heed(train + more);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  void make_page() const {
    file("page.txt",
         "Anna lives in Oslo. Peter works as a night watchman in Rome.\nIda owns a clock. In Paris, Tom has "
         "two "
         "brothers. Felix sold the cat to Rosa.\n");
  }
};

TEST_F(AnswerProgram, learns_answers_questions_about_a_text_and_measures_itself) {
  make_answerer();
  make_page();
  const Outcome told = heed(
      "answer model --context page.txt 'Where does Anna live?' 'Who owns a clock?' 'What did Felix sell?'");
  EXPECT_EQ(told.status, 0) << told.err;
  EXPECT_EQ(std::ranges::count(told.out, '\n'), 3);
  for (const char* answer : {"\tOslo", "\tIda\n", "\tcat\n"})
    EXPECT_NE(told.out.find(answer), std::string::npos) << told.out;
  const auto json = nlohmann::json::parse(
      shell("echo 'Where does Anna live?' | \"$HEED\" answer model --context page.txt --json --top 2").out);
  ASSERT_EQ(json["answers"].size(), 2u);
  const auto& best = json["answers"][0];
  EXPECT_EQ(content("page.txt")
                .substr(best["start"], best["end"].get<std::size_t>() - best["start"].get<std::size_t>()),
            best["answer"]);
  EXPECT_GE(best["probability"], json["answers"][1]["probability"]);

  ASSERT_EQ(heed("data sample --task question-answering --seed 2 --count 60 --output others.json").status, 0);
  const Outcome measured = heed("answer model --questions others.json --output predictions.json");
  EXPECT_EQ(measured.status, 0) << measured.err;
  EXPECT_NE(measured.err.find("60 questions: exact match "), std::string::npos) << measured.err;
  EXPECT_EQ(nlohmann::json::parse(content("predictions.json")).size(), 60u);
  EXPECT_EQ(heed("report model --output report.html").status, 0);
  EXPECT_EQ(heed("quantize model -o small").status, 0);
  EXPECT_EQ(heed("answer small --context page.txt 'Who owns a clock?'").status, 0);
}

TEST_F(AnswerProgram, predicts_answers_of_json_lines) {
  make_answerer("--updates 2", 60);
  file("pairs.jsonl", R"({"question": "Who?", "context": "Caf\u00e9 Paul \ud83d\ude00 sat."})"
                      "\n"
                      R"({"question": "", "context": ""})"
                      "\n");
  const Outcome predicted = heed("predict model pairs.jsonl --json");
  EXPECT_EQ(predicted.status, 0) << predicted.err;
  const auto first = nlohmann::json::parse(predicted.out.substr(0, predicted.out.find('\n')));
  EXPECT_LE(first["end"], 16) << "characters, not bytes";
  for (const std::string line :
       {"no json", "[1]", R"({"question": 3, "context": "a"})", R"({"question": "a"})"}) {
    file("bad.jsonl", R"({"question": "Who?", "context": "Paul"})"
                      "\n" +
                          line + "\n");
    expect_failure("predict model bad.jsonl", "line 2: expected a JSON object");
  }
}

TEST_F(AnswerProgram, reads_texts_of_any_length_and_kind) {
  make_answerer("--updates 2", 60);
  shell("for i in $(seq 3000); do echo \"Anna has $i cats.\"; done > long.txt");
  EXPECT_EQ(heed("answer model --context long.txt 'Who has cats?'").status, 0);
  file("word.txt", std::string(1'000'000, 'x'));
  EXPECT_EQ(heed("answer model --context word.txt 'Who?'").status, 0);
  file("emoji.txt", "\U0001F600 \U0001F468\u200D\U0001F469 Paul");
  EXPECT_EQ(heed("answer model --context emoji.txt '\U0001F600?' ''").status, 0);
  const Outcome question =
      shell("head -c 100000 /dev/zero | tr '\\0' 'w' | \"$HEED\" answer model --context emoji.txt");
  EXPECT_EQ(question.status, 0) << question.err;
}

TEST_F(AnswerProgram, says_what_is_wrong_with_its_input) {
  make_answerer("--updates 2", 60);
  make_page();
  expect_failure("answer model", "give --context with a text", 2);
  expect_failure("answer model --context page.txt --questions questions.json", "give --context", 2);
  expect_failure("answer model --questions questions.json 'Who?'", "--questions holds the questions", 2);
  expect_failure("answer model --context page.txt --output out.json", "are for --questions", 2);
  expect_failure("answer model --context missing.txt Who", "missing.txt");
  file("blank.txt", " \n\n");
  expect_failure("answer model --context blank.txt Who", "blank.txt: has no words to find answers in");
  file("latin1.txt",
       "b\xE4"
       "d");
  expect_failure("answer model --context latin1.txt Who", "latin1.txt");
  shell("sed 's/\"answer_start\":[0-9]*/\"answer_start\":1/' questions.json > shifted.json");
  expect_failure("answer model --questions shifted.json --output out.json", "does not stand at character 1");
  EXPECT_FALSE(exists("out.json"));
  const Outcome skipped = heed("answer model --questions shifted.json --output out.json --skip-invalid");
  EXPECT_EQ(skipped.status, 0) << "those without an answer are left: " << skipped.err;
  EXPECT_NE(skipped.err.find("left out: an answer does not stand in the paragraph"), std::string::npos)
      << skipped.err;
  expect_failure("score model --text page.txt", "holds a model for question-answering");
  expect_failure("inspect model --attention Anna", "no attention can be shown");
  expect_failure("translate model < page.txt", "needs a model of the family encoder-decoder");
  expect_failure("train --task text-classification --from model --train-texts page.txt --output other",
                 "text-classification starts from models for text-classification or fill-mask");
}

}  // namespace
}  // namespace heed
