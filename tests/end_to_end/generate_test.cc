#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// A language model of a few characters, trained for an instant by the program itself.
class HeedGenerate : public HeedProgram {
 protected:
  HeedGenerate() {
    std::string text;
    for (int i = 0; i < 80; ++i) text += "to be or not to be\nthat is it\n";
    file("text.txt", text);
    trained_ = heed(
        "train --task text-generation --train-text text.txt --output model --tokenizer characters "
        "--context 32 --width 16 --hidden 32 --heads 2 --layers 1 --updates 20 --batch-tokens 256 "
        "--validate-every 20 --threads 1");
  }
  std::vector<std::string> endless() const {
    return {"generate", "model", "--prompt", "to be", "--max-tokens", "100000000", "--slide"};
  }

  Outcome trained_;
};

TEST_F(HeedGenerate, trains_and_goes_on_with_a_prompt) {
  ASSERT_EQ(trained_.status, 0) << trained_.err;
  const Outcome outcome = heed("generate model --prompt to --max-tokens 12 --seed 3");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("to")) << outcome.out;
  EXPECT_EQ(outcome.out.size(), 2u + 12u + 1u);
  EXPECT_EQ(heed("generate model --prompt to --max-tokens 12 --seed 3").out, outcome.out);
}

TEST_F(HeedGenerate, prints_the_prompt_alone_for_no_tokens) {
  EXPECT_EQ(heed("generate model --prompt to --max-tokens 0").out, "to\n");
}

TEST_F(HeedGenerate, answers_each_line_of_standard_input) {
  RunningProgram run(folder_, {"generate", "model", "--max-tokens", "5", "--json"});
  for (const std::string prompt : {"to", "it"}) {
    run.write(prompt + "\n");
    const auto answer = nlohmann::json::parse(run.read_line());
    EXPECT_EQ(answer.at("prompt"), prompt);
    EXPECT_EQ(answer.at("texts").at(0).at("finish_reason"), "length");
    EXPECT_EQ(answer.at("texts").at(0).at("tokens").size(), 5u);
  }
}

TEST_F(HeedGenerate, ends_cleanly_when_it_is_interrupted_while_it_writes) {
  RunningProgram run(folder_, endless());
  run.read_line();
  run.signal(SIGINT);
  const Outcome outcome = run.end();
  EXPECT_EQ(outcome.status, 130);
  EXPECT_EQ(outcome.err, "");
}

TEST_F(HeedGenerate, ends_quietly_when_its_reader_goes_away) {
  const Outcome outcome = shell(
      "\"" HEED_BINARY_DIR "/heed\" generate model --prompt to --max-tokens 100000000 --slide | head -c 20");
  EXPECT_EQ(outcome.out.size(), 20u);
  EXPECT_EQ(outcome.err, "");
}

TEST_F(HeedGenerate, refuses_what_it_cannot_read) {
  const Outcome longer = heed("generate model --prompt " + std::string(40, 't') + " --max-tokens 3");
  EXPECT_EQ(longer.status, 1);
  EXPECT_NE(longer.err.find("40 tokens"), std::string::npos) << longer.err;
  const Outcome unknown = heed("generate model --prompt XYX --max-tokens 3");
  EXPECT_EQ(unknown.status, 0);
  EXPECT_NE(unknown.err.find("does not hold 'X', 'Y'"), std::string::npos) << unknown.err;
}

}  // namespace
}  // namespace heed
