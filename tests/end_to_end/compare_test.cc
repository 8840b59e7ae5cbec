#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "heed/base/files.h"
#include "heed/base/random.h"
#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

class Compare : public HeedProgram {
 protected:
  /// Words and the same in the same order, in capitals.
  void write_copies(const std::string& name, int count, std::uint64_t seed) const {
    Random random(seed);
    std::string text;
    for (int i = 0; i < count; ++i) {
      std::string source, target;
      for (std::uint32_t left = 2 + random.below(7); left > 0; --left) {
        const char letter = static_cast<char>('a' + random.below(8));
        source += (source.empty() ? "" : " ") + std::string(1, letter);
        target += (target.empty() ? "" : " ") + std::string(1, static_cast<char>(letter - 'a' + 'A'));
      }
      text += source + '\t' + target + '\n';
    }
    write_file(folder_ / name, text);
  }
  void write_corpora() const {
    write_copies("train.tsv", 200, 1);
    write_copies("test.tsv", 60, 2);
  }
  static std::string arguments(const std::string& more) {
    return "compare --train-tsv train.tsv --test-tsv test.tsv --tokenizer whitespace --width 16 --hidden 32 "
           "--heads 2 --encoder-layers 1 --decoder-layers 1 --batch-tokens 128 --validation-split 10 "
           "--warmup 5 "
           "--learning-rate 0.01 --updates 8 --validate-every 4 --precision float32 --filter-repeats off "
           "--filter-overlap off --filter-copies off " +
           more;
  }
  nlohmann::json results(const std::string& folder) const {
    return nlohmann::json::parse(content(folder + "/comparison.json"));
  }
};

TEST_F(Compare, trains_and_measures_every_model) {
  write_corpora();
  const Outcome outcome =
      heed(arguments("--models bag unordered rnn rnn-luong gru gru-luong lstm lstm-luong lstm-bahdanau "
                     "transformer --output c"));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("LSTM, Luong's attention"), std::string::npos) << outcome.out;
  const auto models = results("c")["models"];
  ASSERT_EQ(models.size(), 10u);
  for (const auto& model : models) {
    EXPECT_EQ(model["updates"], 8) << model;
    EXPECT_EQ(model["curve"].size(), 2u) << model;
    EXPECT_GT(model["tokens_per_second"], 0) << model;
    EXPECT_EQ(model["target_tokens"], models[0]["target_tokens"]) << model;
    EXPECT_EQ(model["gradients"]["trained"]["target"].size(), model["gradients"]["trained"]["step"]) << model;
  }
  for (const std::size_t knows_no_order : {0u, 1u}) {
    const auto& shuffled = models[knows_no_order]["shuffled"];
    EXPECT_GT(shuffled["changed"], 30);
    EXPECT_EQ(shuffled["same"], shuffled["changed"]);
    EXPECT_NEAR(shuffled["loss"].get<double>(), models[knows_no_order]["loss"].get<double>(), 1e-4);
  }
  const std::string page = content("c/comparison.html");
  EXPECT_NE(page.find("Bag of words"), std::string::npos);
  EXPECT_EQ(page.find("://"), std::string::npos);  // nothing is fetched
}

TEST_F(Compare, bleu_by_length_is_that_of_the_parts) {
  write_corpora();
  const Outcome outcome = heed(arguments("--models transformer --updates 60 --validate-every 30 --output c"));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto model = results("c")["models"][0];
  ASSERT_GE(model["by_length"].size(), 2u);
  shell("cut -f 1 test.tsv | $HEED translate c/transformer > out; paste test.tsv out > all");
  for (const auto& group : model["by_length"]) {
    std::ostringstream parts;  // words and EOS
    parts << "awk -F'\t' '{n = split($1, w, \" \") + 1} n >= " << group["from"] << " && n <= " << group["to"]
          << "' all > part; cut -f 2 part > reference; cut -f 3 part | "
          << "$HEED evaluate --reference reference --metric bleu --json --decimals 10";
    const Outcome evaluated = shell(parts.str());
    ASSERT_EQ(evaluated.status, 0) << evaluated.err;
    EXPECT_NEAR(nlohmann::json::parse(evaluated.out)["score"].get<double>(), group["bleu"].get<double>(),
                1e-6);
  }
}

TEST_F(Compare, goes_on_where_it_was_killed_and_comes_to_the_same_bytes) {
  write_corpora();
  const std::string models = "--models bag,lstm --updates 40 --validate-every 10 --samples 0 ";
  ASSERT_EQ(heed(arguments(models + "--output unbroken")).status, 0);
  {
    std::istringstream words(arguments(models + "--output broken"));
    RunningProgram running(folder_,
                           {std::istream_iterator<std::string>(words), std::istream_iterator<std::string>()});
    ASSERT_TRUE(running.has_said("broken/lstm: LSTM"));
    running.signal(SIGKILL);
    running.end();
  }
  EXPECT_FALSE(exists("broken/comparison.json"));
  const Outcome outcome = heed("compare --output broken");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("broken/bag: is trained already"), std::string::npos) << outcome.err;
  for (const std::string model : {"bag", "lstm"}) {
    const std::string file = "/" + model + "/model.safetensors";
    EXPECT_EQ(content("broken" + file), content("unbroken" + file)) << model;
  }
  const auto broken = results("broken")["models"], unbroken = results("unbroken")["models"];
  EXPECT_EQ(broken[1]["gradients"], unbroken[1]["gradients"]);
  EXPECT_EQ(broken[1]["bleu"], unbroken[1]["bleu"]);
}

TEST_F(Compare, takes_more_models_but_no_other_training) {
  write_corpora();
  ASSERT_EQ(heed(arguments("--models bag --output c")).status, 0);
  const Outcome more = heed("compare --models bag,rnn --output c");
  EXPECT_EQ(more.status, 0) << more.err;
  EXPECT_EQ(results("c")["models"].size(), 2u);
  expect_failure("compare --learning-rate 0.02 --output c",
                 "the comparison began with learning_rate 0.01, now 0.02");
}

TEST_F(Compare, says_what_is_wrong) {
  write_corpora();
  write_file(folder_ / "empty.tsv", "");
  write_file(folder_ / "no_tab.tsv", "one column\n");
  const std::string train = "compare --train-tsv train.tsv --output c ";
  expect_failure("compare --train-tsv train.tsv --test-tsv test.tsv", "--output is required", 2);
  expect_failure(train, "--test-source and --test-target, or --test-tsv", 2);
  expect_failure(train + "--test-source train.tsv", "--test-source and --test-target, or --test-tsv", 2);
  expect_failure(train + "--test-tsv test.tsv --models elman", "elman", 2);
  expect_failure(train + "--test-tsv test.tsv --models rnn lstm rnn", "rnn is named twice", 2);
  expect_failure(train + "--test-tsv empty.tsv", "empty.tsv: no sentence pair to measure on");
  expect_failure(train + "--test-tsv no_tab.tsv", "no_tab.tsv:1");
  expect_failure(train + "--test-tsv absent.tsv", "absent.tsv");
  expect_failure("compare --test-tsv test.tsv --output c", "train_source is missing", 2);
  expect_failure(train + "--test-tsv test.tsv --heads 3", "does not divide into 3 heads");
  EXPECT_FALSE(exists("c"));
}

TEST_F(Compare, test_sentences_too_short_for_a_step_are_told) {
  write_corpora();
  expect_failure(arguments("--models bag --gradient-step 50 --output c"),
                 "choose an earlier --gradient-step");
}

}  // namespace
}  // namespace heed
