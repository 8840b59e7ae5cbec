#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// heed predict and other commands that look at what a model is for, with a tiny model of each task.
class HeedPredict : public HeedProgram {
 protected:
  void make_language_model() const {
    std::string text;
    for (int i = 0; i < 80; ++i) text += "to be or not to be\nthat is it\n";
    file("text.txt", text);
    const Outcome outcome = heed(
        "train --task text-generation --train-text text.txt --output model --tokenizer characters "
        "--context 32 --width 16 --hidden 32 --heads 2 --layers 1 --updates 20 --batch-tokens 256 "
        "--validate-every 20 --threads 1");
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  void make_classifier(const std::string& kind) const {
    std::string texts;
    for (int i = 0; i < 30; ++i) texts += "yes\tgood\nno\tbad\nyes\tvery good\nno\tvery bad\n";
    file("texts.tsv", texts);
    const std::string network =
        kind == "unigrams" ? "" : " --width 16 --hidden 16 --batch-tokens 64 --epochs 20 --patience 0";
    const Outcome outcome = heed("classify train texts.tsv --output model --model " + kind + network);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  static std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  }
  static std::vector<nlohmann::json> json_lines(const std::string& text) {
    std::vector<nlohmann::json> all;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) all.push_back(nlohmann::json::parse(line));
    return all;
  }
};

TEST_F(HeedPredict, translates_with_a_model_for_translation) {
  make_model();
  file("a.txt", "one hour\n\ntwo hours\n");
  file("b.txt", "three hours");
  const Outcome outcome = heed("predict model a.txt b.txt");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, shell("cat a.txt b.txt | \"$HEED\" translate model").out);
  const auto answers = json_lines(heed("predict model a.txt b.txt --json").out);
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ(answers[1]["translation"], "") << "an empty line has an empty answer";
  EXPECT_EQ(answers[3]["line"], 4) << "lines of all files are counted on";
  const auto& last = answers[3];
  EXPECT_EQ(last["tokens"].size() + (last["complete"] ? 1 : 0), last["token_log_probability"].size());
}

TEST_F(HeedPredict, goes_on_with_lines_with_a_language_model) {
  make_language_model();
  file("lines.txt", "to be\nthat\n");
  const Outcome outcome = heed("predict model lines.txt --max-tokens 20");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto answers = json_lines(heed("predict model lines.txt --max-tokens 20 --json").out);
  ASSERT_EQ(answers.size(), 2u);
  std::string expected;
  for (const auto& answer : answers) {
    std::string text = answer["text"];
    EXPECT_EQ(text.size(), 20u);
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
      text.replace(at, 1, "\\n");
    expected += text + "\n";
  }
  EXPECT_EQ(outcome.out, expected) << "a line each, with ends of line written as \\n";
  const Outcome too_long = shell("printf 'to\\n%0100d\\nbe\\n' 0 | \"$HEED\" predict model --max-tokens 3");
  EXPECT_EQ(too_long.status, 1);
  EXPECT_NE(too_long.err.find("heed: line 2: "), std::string::npos) << too_long.err;
  EXPECT_EQ(std::count(too_long.out.begin(), too_long.out.end(), '\n'), 1) << "the line before the long one";
}

TEST_F(HeedPredict, tells_classes_with_a_classifier_of_any_kind) {
  for (const std::string kind : {"unigrams", "gru"}) {
    shell("rm -rf model");
    make_classifier(kind);
    EXPECT_EQ(shell("printf 'good\\nvery bad\\nbad\\n' | \"$HEED\" predict model").out, "yes\nno\nno\n")
        << kind;
    const auto answers = json_lines(shell("echo bad | \"$HEED\" predict model --json").out);
    ASSERT_EQ(answers.size(), 1u);
    const auto& probabilities = answers[0]["probabilities"];
    EXPECT_EQ(answers[0]["label"], "no");
    EXPECT_GT(probabilities["no"], probabilities["yes"]);
    EXPECT_NEAR(probabilities["no"].get<double>() + probabilities["yes"].get<double>(), 1, 1e-5);
  }
}

TEST_F(HeedPredict, answers_each_line_that_somebody_types) {
  make_classifier("unigrams");
  RunningProgram run(folder_, {"predict", "model"});
  run.write("good\n");
  EXPECT_EQ(run.read_line(), "yes\n");
  run.write("bad\n");
  EXPECT_EQ(run.read_line(), "no\n");
  EXPECT_EQ(run.end().status, 0);
}

TEST_F(HeedPredict, prints_what_comes_before_a_line_that_fails_with_a_model_of_any_kind) {
  const auto make = [&](const std::string& kind) {
    shell("rm -rf model");
    if (kind == "translation")
      make_model();
    else if (kind == "text-generation")
      make_language_model();
    else
      make_classifier(kind);
  };
  for (const std::string kind : {"translation", "text-generation", "unigrams", "gru"}) {
    make(kind);
    const std::string command =
        " | \"$HEED\" predict model" + std::string(kind == "text-generation" ? " --max-tokens 3" : "");
    const std::string before = shell("printf 'to\\nbe\\n'" + command).out;
    EXPECT_EQ(std::count(before.begin(), before.end(), '\n'), 2) << kind;
    std::vector<std::string> bad{"b\\344d"};  // what is not UTF-8; then what is too long, where that is so
    if (kind == "text-generation") bad.push_back(repeated("t", 100));
    for (const std::string& line : bad) {
      const Outcome outcome = shell("printf 'to\\nbe\\n" + line + "\\nis\\n'" + command);
      EXPECT_EQ(outcome.status, 1) << kind;
      EXPECT_EQ(outcome.out, before) << kind << " and " << line;
      EXPECT_NE(outcome.err.find("heed: "), std::string::npos) << outcome.err;
      EXPECT_NE(outcome.err.find("3: "), std::string::npos) << kind << ": " << outcome.err;
    }
  }
}

TEST_F(HeedPredict, says_what_is_wrong_with_its_input) {
  make_classifier("unigrams");
  EXPECT_EQ(heed("predict").status, 2);
  expect_failure("predict missing", "missing: there is no such folder; a model is a folder with config.json");
  std::filesystem::create_directories(folder_ / "empty");
  expect_failure("predict empty", "empty: holds no config.json, so it is not a heed model");
  expect_failure("predict model missing.txt", "missing.txt: cannot be opened");
  expect_failure("predict model --max-tokens 3", "--max-tokens is for language models", 2);
  const Outcome nothing = heed("predict model < /dev/null");
  EXPECT_EQ(nothing.status, 0);
  EXPECT_EQ(nothing.out + nothing.err, "");
  file("latin1.txt",
       "good\nb\xE4"
       "d\nbad\n");
  const Outcome invalid = heed("predict model latin1.txt");
  EXPECT_EQ(invalid.status, 1);
  EXPECT_EQ(invalid.out, "yes\n") << "what comes before the line that is not UTF-8";
  EXPECT_NE(invalid.err.find("latin1.txt:2: byte 2 is not UTF-8"), std::string::npos) << invalid.err;
  const Outcome help = heed("help predict");
  for (const char* part : {"[files...]", "--[no-]json", "--max-tokens"})
    EXPECT_NE(help.out.find(part), std::string::npos) << part << '\n' << help.out;
}

TEST_F(HeedPredict, language_models_score_text_and_show_their_attention) {
  make_language_model();
  file("some.txt", "to be\nor not\n");
  const Outcome scored = heed("score model --text some.txt --documents line");
  EXPECT_EQ(scored.status, 0) << scored.err;
  EXPECT_EQ(std::count(scored.out.begin(), scored.out.end(), '\n'), 2) << scored.out;
  EXPECT_NE(scored.err.find("2 texts, "), std::string::npos) << scored.err;
  const auto tokens = json_lines(heed("score model --text some.txt --tokens").out);
  ASSERT_EQ(tokens.size(), 1u) << "a file is a document";
  EXPECT_LT(tokens[0]["log_probability"], 0);
  EXPECT_EQ(tokens[0]["tokens"].size(), tokens[0]["token_log_probability"].size());
  expect_failure("score model --source some.txt --target some.txt", "is a language model; give --text", 2);

  const Outcome inspected = heed("inspect model --attention 'to be or' -o page.html");
  EXPECT_EQ(inspected.status, 0) << inspected.err;
  EXPECT_NE(content("page.html").find("</html>"), std::string::npos);
  expect_failure("inspect model --attention to --translation be", "--translation is for translation", 2);
}

TEST_F(HeedPredict, language_models_are_quantized_and_measured_by_their_loss) {
  make_language_model();
  const Outcome measured = heed("quantize model -o small --text text.txt --largest-loss 1 --json");
  ASSERT_EQ(measured.status, 0) << measured.err;
  const auto json = nlohmann::json::parse(measured.out);
  EXPECT_NEAR(json["after"]["loss"], json["before"]["loss"], 0.05);
  EXPECT_LT(json["after"]["bytes"], json["before"]["bytes"]);
  EXPECT_GT(json["before"]["perplexity"], 1);
  EXPECT_EQ(heed("generate small --prompt to --max-tokens 3").status, 0);
  expect_failure("quantize model -o other --source text.txt --target text.txt",
                 "--source and --target measure translation", 2);
  EXPECT_FALSE(exists("other"));
}

TEST_F(HeedPredict, classifiers_are_quantized_unmeasured_and_refuse_other_commands) {
  make_classifier("transformer");
  const Outcome quantized = heed("quantize model -o small");
  ASSERT_EQ(quantized.status, 0) << quantized.err;
  EXPECT_NE(quantized.err.find("not measured"), std::string::npos);
  EXPECT_EQ(shell("printf 'good\\nbad\\n' | \"$HEED\" predict small").out, "yes\nno\n");
  expect_failure("quantize model -o other --text texts.tsv", "--text measures language models", 2);
  expect_failure("score model --text texts.tsv", "holds a model for text-classification");
  expect_failure("inspect model --attention good", "no attention can be shown");
}

TEST_F(HeedPredict, bags_of_words_are_told_from_translators) {
  make_classifier("unigrams");
  expect_failure("score model --text texts.tsv", "holds a model for text-classification");
  expect_failure("inspect model --attention good", "no attention can be shown");
  expect_failure("quantize model -o small", "heed: model/config.json: ");
  EXPECT_FALSE(exists("small"));
}

}  // namespace
}  // namespace heed
