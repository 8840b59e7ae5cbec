#include <algorithm>

#include "tests/support/captured_run.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class NgramCommand : public WithFolder {
 protected:
  const std::string weighted_ = file("weighted.tsv",
                                     ".4\tcheck whether the battery ran down please\n"
                                     ".6\tcheck whether the program ran please\n")
                                    .string(),
                    logs_ = file("logs.txt",
                                 "check the program log and find out whether it ran please\n\n"
                                 "check the battery log and find out whether it ran down please\n")
                                .string();

  static Outcome ngram(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ngram");
    return run(std::move(arguments));
  }
  std::string model() const {
    const std::string path = (folder_ / "model.arpa").string();
    EXPECT_EQ(ngram({"train", logs_, "--output", path}).status, 0);
    return path;
  }
  static void expect_failure(const std::vector<std::string>& arguments, int status, const std::string& says) {
    const Outcome outcome = ngram(arguments);
    EXPECT_EQ(outcome.status, status);
    EXPECT_NE(outcome.err.find(says), std::string::npos) << outcome.err;
  }
  static void expect_says(const std::string& text, const std::string& says) {
    EXPECT_NE(text.find(says), std::string::npos) << text;
  }
};

TEST_F(NgramCommand, table_prints_the_lectures_transitions) {
  EXPECT_EQ(ngram({"table", weighted_, "--weights"}).out,
            "battery -> ran 1\ncheck -> whether 1\ndown -> please 1\nplease -> nothing\nprogram -> ran 1\n"
            "ran -> down 0.4, please 0.6\nthe -> battery 0.4, program 0.6\nwhether -> the 1\n");
  expect_says(ngram({"table", weighted_, "--weights", "--order", "2"}).out,
              "whether the -> battery 0.4, program 0.6\n");
}

TEST_F(NgramCommand, table_prints_a_matrix_with_its_zeros) {
  const std::string text = file("two.txt", "a b\nb ä\nb b\n").string();
  EXPECT_EQ(ngram({"table", text, "--format", "matrix"}).out,
            "   a    b    ä\na  0    1    0\nb  0  0.5  0.5\nä  0    0    0\n");
  EXPECT_EQ(ngram({"table", text, "--format", "tsv"}).out, "a\tb\t1\t1\nb\tb\t0.5\t1\nb\tä\t0.5\t1\n");
}

TEST_F(NgramCommand, votes_four_against_five_until_masks_are_learned) {
  const std::vector<std::string> so_far{"votes", logs_, "--text",
                                        "check the program log and find out whether it ran"};
  expect_says(ngram(so_far).out, "votes: please 5, down 4\n");
  auto masked = so_far;
  masked.push_back("--learn-mask");
  expect_says(ngram(masked).out, "log ran -> please 0.5, down 0.5 (masked)\n");
  expect_says(ngram(masked).out, "votes: please 1, down 0\nnext: please 1, down 0\n");
  auto given = so_far;
  given.insert(given.end(), {"--mask", "battery ran", "program ran"});
  EXPECT_EQ(ngram(given).out, ngram(masked).out);
}

TEST_F(NgramCommand, masks_lists_the_two_pairs_that_matter) {
  const Outcome outcome = ngram({"masks", logs_});
  EXPECT_EQ(outcome.out,
            "battery ran\t1.0000 bits\tseen 1\t-> down 1\nprogram ran\t1.0000 bits\tseen 1\t-> please 1\n");
}

TEST_F(NgramCommand, masks_lists_the_weightiest_successors_of_a_pair) {
  std::string text = "b a w5\n";
  for (int i = 0; i < 12; ++i) text += "b a w" + std::to_string(i) + "\nc a x\n";
  const Outcome outcome = ngram({"masks", file("many.txt", text).string(), "--most", "1", "--seen", "13"});
  EXPECT_TRUE(outcome.out.starts_with("b a\t")) << outcome.out;
  expect_says(outcome.out, "seen 13\t-> w5 2, w0 1,");
  expect_says(outcome.out, ", and 2 more\n");
}

TEST_F(NgramCommand, attention_shows_the_same_as_products_and_learned) {
  const Outcome outcome =
      ngram({"attention", logs_, "--text", "check the battery log and find out whether it ran"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  expect_says(outcome.out, "context x transitions:      down 1\n");
  expect_says(outcome.out, "weights of the last word:   check 0.000, the 0.000, battery 1.000, log 0.000");
}

TEST_F(NgramCommand, train_writes_a_model_that_scores_and_generates) {
  const std::string path = model(), text = file("text.txt", "check the log\n\nunheard-of <s>\n").string();
  const Outcome scored = ngram({"score", path, text});
  EXPECT_EQ(scored.status, 0) << scored.err;
  EXPECT_EQ(std::count(scored.out.begin(), scored.out.end(), '\n'), 3);
  expect_says(scored.out, "\n\n");  // a line for each line
  expect_says(scored.err, "2 sentences, 5 words, 2 of them unknown; perplexity ");
  expect_says(ngram({"score", path, text, "--summary"}).out, "2 sentences, 5 words");
  expect_says(ngram({"score", path, text, "--words"}).out, R"({"word":"check","log_probability":)");
  const Outcome generated = ngram({"generate", path, "--count", "3", "--start", "check the", "--seed", "4"});
  EXPECT_EQ(std::count(generated.out.begin(), generated.out.end(), '\n'), 3);
  EXPECT_TRUE(generated.out.starts_with("check the")) << generated.out;
  EXPECT_EQ(ngram({"train", logs_}).out, read_file(path));
}

TEST_F(NgramCommand, score_says_what_is_impossible) {
  const std::string path = (folder_ / "plain.arpa").string();
  ASSERT_EQ(ngram({"train", weighted_, "--weights", "--smoothing", "none", "--output", path}).status, 0);
  const std::string text = file("text.txt", "check the program\n").string();
  const Outcome scored = ngram({"score", path, text});
  expect_says(scored.out, "-inf");
  expect_says(scored.err, "perplexity inf");
  expect_says(ngram({"score", path, text, "--words"}).out, R"("log_probability":null)");
}

TEST_F(NgramCommand, says_where_text_cannot_be_used) {
  const auto bad = [&](const std::string& content) { return file("bad.txt", content).string(); };
  expect_failure({"train", bad("")}, 1, "no sentences to learn from");
  expect_failure({"train", bad("\n \n")}, 1, "no sentences to learn from");
  expect_failure({"train", bad("good\ncaf\xE9\n")}, 1, "bad.txt:2: byte 4 is not UTF-8");
  expect_failure({"train", bad("good\na </s>\n")}, 1, "bad.txt:2: the word </s> is the mark");
  expect_failure({"table", bad("no weight\n"), "--weights"}, 1, "bad.txt:1: expected a weight, a tab");
  expect_failure({"table", bad("-1\ta b\n"), "--weights"}, 1, "bad.txt:1: a sentence of weight -1");
  expect_failure({"train", weighted_, "--weights"}, 1, "use whole weights, or no smoothing");
  expect_failure({"train", (folder_ / "none.txt").string()}, 1, "cannot be opened");
  expect_failure({"score", logs_}, 1, "no line \\data\\: this is no ARPA file");
  expect_failure({"generate", model(), "--start", "unheard-of"}, 1, "does not know the word 'unheard-of'");
  expect_failure({"attention", logs_, "--text", "check the unheard-of"}, 1, "'unheard-of' is in none");
}

TEST_F(NgramCommand, explains_wrong_usage) {
  expect_failure({}, 2, "ngram");
  expect_failure({"train", logs_, "--order", "11"}, 2, "a whole number from 1 to 10");
  expect_failure({"train"}, 2, "corpus");
  expect_failure({"votes", logs_, "--text", "one"}, 2, "two words or more");
  expect_failure({"votes", logs_, "--text", "it ran", "--mask", "one"}, 2, "'one' is no pair");
  expect_failure({"votes", logs_, "--text", "it ran", "--mask", "it ran", "--learn-mask"}, 2,
                 "do not go together");
}

}  // namespace
}  // namespace heed
