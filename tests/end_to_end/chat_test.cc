#include <nlohmann/json.hpp>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// From made-up dialogues to a model that one can talk to.
class ChatProgram : public HeedProgram {
 protected:
  static constexpr const char* train =
      "train --task text-generation --train-dialogues dialogues.jsonl --tokenizer whitespace --context 96 "
      "--width 48 "
      "--hidden 96 --heads 2 --layers 2 --dropout 0 --batch-tokens 1024 --warmup 20 --learning-rate 0.005 "
      "--output model ";

  void make_model(const std::string& more = "--updates 2000 --validate-every 500", int count = 600) const {
    ASSERT_EQ(
        heed("data sample --task text-generation --output dialogues.jsonl --count " + std::to_string(count))
            .status,
        0);
    const Outcome outcome = heed(train + more);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  /// What is said when these lines are typed.
  Outcome say(const std::string& lines, const std::string& flags = "") const {
    file("lines.txt", lines);
    return shell("\"$HEED\" chat model " + flags + " < lines.txt");
  }
};

TEST_F(ChatProgram, remembers_what_was_said_and_takes_it_back) {
  make_model();
  const std::string lines = "hello\na ticket to Oslo please\non Friday\nI am Clara\n";
  const Outcome talked = say(lines);
  EXPECT_EQ(talked.status, 0) << talked.err;
  EXPECT_NE(talked.out.find("A ticket to Oslo on Friday for Clara\n"), std::string::npos) << talked.out;
  const Outcome mended = say("hello\na ticket to Oslo please\non Monday\n/undo\non Friday\nI am Clara\n");
  EXPECT_NE(mended.out.find("A ticket to Oslo on Friday for Clara\n"), std::string::npos) << mended.out;
  const Outcome forgot = say("hello\na ticket to Oslo please\n/reset\n" + lines);
  EXPECT_TRUE(forgot.out.ends_with(talked.out)) << forgot.out;

  ASSERT_EQ(heed("data sample --task text-generation --seed 2 --count 50 --output others.jsonl").status, 0);
  const Outcome measured = heed("chat model --dialogues others.jsonl");
  EXPECT_EQ(measured.status, 0) << measured.err;
  const std::size_t percent = measured.out.find(" % exactly right");
  ASSERT_NE(percent, std::string::npos) << measured.out;
  EXPECT_GE(std::stod(measured.out.substr(measured.out.find(": ") + 2)), 95) << measured.out;
}

TEST_F(ChatProgram, answers_dialogues_of_json_lines) {
  make_model("--updates 2", 60);
  file("asked.jsonl",
       R"({"messages": [{"role": "system", "content": "be kind"}, {"role": "user", "content": "hello"}]})");
  const Outcome answered = heed("predict model asked.jsonl --json");
  EXPECT_EQ(answered.status, 0) << answered.err;
  EXPECT_TRUE(nlohmann::json::parse(answered.out).contains("text"));
  file("bad.jsonl", "no json\n");
  expect_failure("predict model bad.jsonl", "line 1: expected a JSON object");
}

TEST_F(ChatProgram, says_when_the_oldest_turns_are_no_longer_read) {
  make_model("--updates 2", 60);
  std::string lines;
  for (int i = 0; i < 30; ++i) lines += "a ticket to Oslo on Friday\n";
  const Outcome talked = say(lines, "--max-tokens 8");
  EXPECT_EQ(talked.status, 0) << talked.err;
  EXPECT_NE(talked.err.find("is longer than the model's context of 96 tokens: its oldest "),
            std::string::npos)
      << talked.err;
}

TEST_F(ChatProgram, takes_whatever_is_typed) {
  make_model("--updates 2", 60);
  const Outcome talked =
      say("\n  \n\U0001F600 "
          "\U0001F468\u200D\U0001F469\n//help\n/nothing\n/undo\n/undo\n/undo\n/help\n/quit\nnot read\n");
  EXPECT_EQ(talked.status, 0) << talked.err;
  EXPECT_NE(talked.err.find("vocabulary does not hold"), std::string::npos) << talked.err;
  EXPECT_NE(talked.err.find("there is no /nothing"), std::string::npos) << talked.err;
  EXPECT_NE(talked.err.find("nothing to take back"), std::string::npos) << talked.err;
  const Outcome long_line =
      shell("{ yes Oslo | head -200000 | tr '\\n' ' '; echo; echo hello; } | \"$HEED\" chat model");
  EXPECT_EQ(long_line.status, 0) << "the conversation goes on: " << long_line.err;
  EXPECT_NE(long_line.err.find("make them shorter"), std::string::npos) << long_line.err;
}

TEST_F(ChatProgram, says_what_is_wrong_with_its_input) {
  make_model("--updates 2", 60);
  expect_failure("generate model --prompt hello", "has learned from dialogues");
  expect_failure("chat model --skip-invalid", "--skip-invalid is for --dialogues", 2);
  expect_failure("chat model --dialogues missing.jsonl", "missing.jsonl");
  file("text.txt", "to be or not to be\n");
  expect_failure("chat model --dialogues text.txt", "text.txt:1: is neither JSON lines");
  expect_failure("train --task text-generation --train-dialogues text.txt --output other", "text.txt:1");
  expect_failure(
      "train --task text-generation --train-dialogues dialogues.jsonl --train-text text.txt --output other",
      "train_dialogues and train_text are both given", 2);
  expect_failure("train --task text-generation --valid-dialogues dialogues.jsonl --output other",
                 "name them with train_dialogues", 2);
}

}  // namespace
}  // namespace heed
