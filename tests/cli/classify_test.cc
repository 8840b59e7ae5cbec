#include <algorithm>

#include "tests/support/captured_run.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class ClassifyCommand : public WithFolder {
 protected:
  static std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  }

  const std::string films_ = file("films.tsv", repeated("good\ta fine film\nbad\ta dull film\n"
                                                        "good\tfine music\nvery bad\tslow and long\n",
                                                        10))
                                 .string(),
                    model_ = (folder_ / "model").string();

  static Outcome classify(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "classify");
    return run(std::move(arguments));
  }
  static void expect_says(const std::string& text, const std::string& says) {
    EXPECT_NE(text.find(says), std::string::npos) << text;
  }
};

TEST_F(ClassifyCommand, trains_predicts_and_evaluates) {
  const Outcome trained = classify({"train", films_, "--output", model_});
  ASSERT_EQ(trained.status, 0) << trained.err;
  expect_says(trained.err, "model auto: 40 texts / 2.8 words a text = 15, less than 1,500: bigrams");
  expect_says(trained.out, "validation accuracy 100.00 %");
  expect_says(trained.out, "most informative features of good: fine ");
  const std::string text = file("text.txt", "a fine day\n\nslow\n").string();
  const Outcome predicted = classify({"predict", model_, text});
  EXPECT_TRUE(predicted.out.starts_with("good\t0.")) << predicted.out;
  expect_says(predicted.out, "\nvery bad\t0.");
  EXPECT_EQ(std::count(predicted.out.begin(), predicted.out.end(), '\n'), 3);
  expect_says(classify({"evaluate", model_, films_}).out, "accuracy 100.00 % (40 of 40)");
  expect_says(classify({"features", model_, "--count", "1"}).out, "dull 2.");
  const Outcome former = classify({"telling", model_, "--count", "1"});
  expect_says(former.out, "dull 2.");
  expect_says(former.err, "heed: classify telling is now called classify features\n");
}

TEST_F(ClassifyCommand, shows_by_shuffled_words_that_bigrams_know_a_little_order_and_unigrams_none) {
  const std::string orders = file("orders.tsv", repeated("first\tone two\nsecond\ttwo one\n", 20)).string();
  const auto says = [&](const std::string& model, std::vector<std::string> more) {
    const Outcome trained = classify({"train", orders, "--model", model, "--output", model_ + model});
    EXPECT_EQ(trained.status, 0) << trained.err;
    more.insert(more.begin(), {"evaluate", model_ + model, orders});
    return classify(more).out;
  };
  expect_says(says("bigrams", {}), "accuracy 100.00 % (40 of 40)");
  EXPECT_EQ(says("bigrams", {"--shuffle-words", "1"}).find("accuracy 100.00 %"), std::string::npos);
  EXPECT_EQ(says("unigrams", {"--shuffle-words", "1"}), says("unigrams", {}));
}

TEST_F(ClassifyCommand, cross_validates) {
  const Outcome outcome = classify({"train", films_, "--folds", "4", "--model", "unigrams"});
  expect_says(outcome.out, "mean of 4 folds 100.00 %, standard deviation 0.00");
  expect_says(outcome.out, "accuracy 100.00 % (40 of 40)");
}

TEST_F(ClassifyCommand, takes_a_sequence_model_where_the_rule_says_so) {
  const std::string many = file("many.txt", repeated("1 yes\n0 no\n", 1000)).string();
  const Outcome outcome =
      classify({"train", many, "--output", model_, "--width", "8", "--hidden", "8", "--features", "3"});
  expect_says(outcome.err, "2000 texts / 1.0 words a text = 2000, 1,500 or more: transformer");
  expect_says(outcome.err, "--features: of no use with transformer\n");
  expect_says(outcome.out, "validation accuracy 100.00 % (200 of 200)");
}

TEST_F(ClassifyCommand, trains_predicts_and_evaluates_networks) {
  for (const std::string network : {"transformer", "lstm"}) {
    const std::string model = model_ + network;
    const Outcome trained = classify({"train", films_, "--model", network, "--output", model, "--width", "16",
                                      "--hidden", "16", "--maximum-words", "4", "--batch-tokens", "32",
                                      "--learning-rate", "0.01", "--patience", "0"});
    ASSERT_EQ(trained.status, 0) << trained.err;
    expect_says(trained.out, "validation accuracy 100.00 %");
    const std::string text = file("text.txt", "a fine day\n\nslow and long and dull and long\n").string();
    const Outcome predicted = classify({"predict", model, text, "--all"});
    EXPECT_EQ(std::count(predicted.out.begin(), predicted.out.end(), '\n'), 3);
    EXPECT_TRUE(predicted.out.starts_with("good\t0.")) << predicted.out;
    expect_says(predicted.err, "1 text has more than 4 tokens, of which only the first 4 are read");
    expect_says(classify({"evaluate", model, films_}).out, "accuracy 100.00 % (40 of 40)");
    expect_says(trained.err, "see how it went with: heed report " + model);
    const Outcome features = classify({"features", model});
    EXPECT_EQ(features.status, 1);
    expect_says(features.err, "is not a heed classifier");
  }
}

TEST_F(ClassifyCommand, cross_validates_networks) {
  expect_says(classify({"train", films_, "--folds", "2", "--model", "gru", "--width", "16", "--hidden", "16",
                        "--batch-tokens", "16", "--learning-rate", "0.01", "--patience", "0"})
                  .out,
              "mean of 2 folds 100.00 %");
}

TEST_F(ClassifyCommand, reads_tables_as_spreadsheets_and_web_sites_write_them) {
  const std::string expected = "accuracy 100.00 % (40 of 40)";
  const std::vector<std::pair<std::string, std::string>> tables{
      {"", "\"3\",\"Wall St. falls, again\"\n\"4\",\"Chips, \"\"fast\"\" ones\"\n"},
      {"", "5;a fine film\n1;dull, slow\n"},
      {"text\tlabel\n", "a fine film\tgood\na dull film\tbad\n"},
      {"Class Index,Title,Description\n", "3,Wall St.,\"falls,\nagain\"\n4,Chips,fast\n"}};
  for (const auto& [header, rows] : tables) {
    const std::string path = file("table", header + repeated(rows, 20)).string();
    const Outcome trained = classify({"train", path, "--output", model_});
    ASSERT_EQ(trained.status, 0) << trained.err;
    EXPECT_EQ(trained.err.find("the first row is a header") == std::string::npos, header.empty())
        << trained.err;
    expect_says(classify({"evaluate", model_, path}).out, expected);
    std::filesystem::remove_all(model_);
  }
}

TEST_F(ClassifyCommand, refuses_labels_that_cannot_be_meant) {
  const auto says = [&](const std::string& content, const std::string& why) {
    const Outcome outcome = classify({"train", file("texts", content).string(), "--output", model_});
    EXPECT_EQ(outcome.status, 1) << content;
    expect_says(outcome.err, why);
    EXPECT_FALSE(std::filesystem::exists(model_));
  };
  says("Once upon a time\nThere was a king\nWho had two films\n", "all 3 texts have labels of their own");
  says("a fine film\tgood\na dull film\tbad\nno film\tbad\n", "--label-column");
  says("{\"text\": \"a\", \"label\": \"b\"}\n", "looks like JSON");
  says(repeated("good\ta film\nbad\tno\n", 10) + "god\ta film\n",
       "1 of 3 classes has fewer than 2 texts, first 'god'");
  const std::string rare =
      file("texts", repeated("good\ta film\nbad\tno\n", 10) + "so so\ta film\n").string();
  EXPECT_EQ(classify({"train", rare, "--output", model_, "--minimum-class-size", "1"}).status, 0);
}

TEST_F(ClassifyCommand, refuses_what_does_not_go_together) {
  EXPECT_EQ(classify({"train", films_}).status, 2);
  EXPECT_EQ(classify({"train", films_, "--folds", "3", "--output", model_}).status, 2);
  EXPECT_EQ(classify({"train", films_, "--folds", "41"}).status, 1);
  const Outcome useless =
      classify({"train", films_, "--output", model_, "--model", "bigrams", "--no-bidirectional"});
  EXPECT_EQ(useless.status, 2);
  expect_says(useless.err, "--bidirectional: of no use with bigrams");
  EXPECT_EQ(classify({"train", films_, "--output", model_, "--model", "lstm", "--sublinear"}).status, 2);
  const std::string one = file("one.txt", repeated("1 yes\n", 20)).string();
  const Outcome outcome = classify({"train", one, "--output", model_});
  EXPECT_EQ(outcome.status, 1);
  expect_says(outcome.err, "nothing to tell apart");
}

}  // namespace
}  // namespace heed
