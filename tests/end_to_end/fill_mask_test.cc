#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// From made-up sentences to a model that fills in masks, and on to a classifier.
class FillMaskProgram : public HeedProgram {
 protected:
  static constexpr const char* train =
      "train --task fill-mask --train-text text.txt --documents line --tokenizer whitespace --context 24 "
      "--width 32 --hidden 64 --heads 2 --layers 2 --batch-tokens 512 --warmup 20 --learning-rate 0.01 "
      "--dropout 0 --validate-every 100 --output model ";

  void make_filler(const std::string& more = "--updates 1000") const {
    ASSERT_EQ(heed("data sample --task fill-mask --count 1500 --output text.txt").status, 0);
    const Outcome outcome = heed(train + more);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  static const char* asked() { return "echo 'the cat lives in the [MASK] , eats fish and meows .'"; }
};

TEST_F(FillMaskProgram, learns_fills_in_scores_and_shows_what_it_looks_at) {
  make_filler();
  const Outcome predicted = shell(asked() + std::string(" | \"$HEED\" predict model --top 3"));
  EXPECT_EQ(predicted.status, 0) << predicted.err;
  EXPECT_TRUE(predicted.out.starts_with("basket 0.")) << predicted.out;
  EXPECT_EQ(std::ranges::count(predicted.out, ','), 2);
  const auto json =
      nlohmann::json::parse(shell(asked() + std::string(" | \"$HEED\" predict model --json")).out);
  EXPECT_EQ(json["text"], "the cat lives in the basket , eats fish and meows .");
  EXPECT_EQ(json["masks"][0].size(), 5u);
  EXPECT_EQ(json["masks"][0][0]["text"], "basket");

  const Outcome scored = heed("score model --text text.txt --documents line");
  EXPECT_EQ(scored.status, 0) << scored.err;
  EXPECT_EQ(std::ranges::count(scored.out, '\n'), 1500);
  EXPECT_NE(scored.err.find("pseudo-perplexity "), std::string::npos) << scored.err;
  EXPECT_EQ(scored.err.find("bits per byte"), std::string::npos) << scored.err;

  const Outcome seen = heed("inspect model --attention 'the [MASK] moos' -o page.html");
  EXPECT_EQ(seen.status, 0) << seen.err;
  EXPECT_NE(content("page.html").find("[MASK]"), std::string::npos);
  EXPECT_EQ(heed("report model --output report.html").status, 0);
  EXPECT_EQ(heed("quantize model -o small").status, 0);
  EXPECT_TRUE(shell(asked() + std::string(" | \"$HEED\" predict small")).out.starts_with("basket 0."));
}

TEST_F(FillMaskProgram, is_what_a_classifier_starts_from) {
  make_filler("--updates 40");
  shell("sed -n 's/.* because .*/person\\t&/p; s/.* make .*/sum\\t&/p' text.txt > labeled.tsv");
  const Outcome outcome = heed(
      "train --task text-classification --from model --train-texts labeled.tsv --epochs 2 "
      "--learning-rate 0.003 --output classifier");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("starting anew: output.weight, output.bias"), std::string::npos) << outcome.err;
  EXPECT_EQ(shell("echo 'one and two make three .' | \"$HEED\" predict classifier").out, "sum\n");
  EXPECT_EQ(heed("train --output classifier --epochs 3").status, 0) << "a run that goes on";
  expect_failure("train --task text-generation --from model --train-text text.txt --output writer",
                 "model: the model is for fill-mask, but text-generation starts from models for "
                 "text-generation; choose another --from, or --task fill-mask");
  expect_failure("train --task translation --from model --train-tsv labeled.tsv --output translator",
                 "the model is for fill-mask, but translation starts from models for translation");
}

TEST_F(FillMaskProgram, takes_any_text_and_says_what_is_wrong_with_it) {
  make_filler("--updates 2");
  file("odd.txt", "\U0001F600 [MASK] \U0001F468\u200D\U0001F469 [MASK]\n");
  EXPECT_EQ(std::ranges::count(heed("predict model odd.txt").out, '\t'), 1);
  file("none.txt", "the cow\n");
  expect_failure("predict model none.txt", "line 1: the text has no [MASK] to fill in");
  file("long.txt", std::string(1'000'000, 'x') + " [MASK]\n" + "x [MASK]\n");
  EXPECT_EQ(heed("predict model long.txt").status, 0) << "one long word is one token";
  shell("printf '[MASK] %.0s' $(seq 200000) > masks.txt");
  expect_failure("predict model masks.txt", "line 1: the text has 200000 tokens, the model sees 22 at once");
  expect_failure("predict model --max-tokens 3", "--max-tokens is for language models", 2);
  expect_failure("predict model --top 0", "--top", 2);
  expect_failure("quantize model -o small --text text.txt", "--text measures language models", 2);
  expect_failure("score model --text text.txt --overlap", "fills in masks; give --text alone", 2);
  expect_failure("generate model --prompt the", "needs a model of the family language-model");
  file("empty.txt", "");
  shell("rm -rf model");
  std::string command = train;
  command.replace(command.find("text.txt"), 8, "empty.txt");
  expect_failure(command, "empty.txt: there is no text to learn a tokenizer from");
  expect_failure("data sample --task fill-mask --source-locale fr", "for --task translation alone", 2);
}

}  // namespace
}  // namespace heed
