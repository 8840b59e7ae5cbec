#include <csignal>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// Texts put into classes by the real program.
class HeedClassify : public HeedProgram {
 protected:
  HeedClassify() {
    std::string texts;
    for (int i = 0; i < 30; ++i)
      texts += "yes\tgood , not bad\nno\tbad , not good\nyes\tnot bad , good\nno\tnot good , bad\n";
    file("texts.tsv", texts);
  }
  static std::string small(const std::string& more) {
    return "classify train texts.tsv --width 16 --hidden 16 --batch-tokens 64 --learning-rate 0.01 "
           "--output model " +
           more;
  }
};

TEST_F(HeedClassify, tells_by_a_network_what_no_bag_of_words_can) {
  const Outcome bag = heed(small("--model unigrams"));
  EXPECT_EQ(bag.status, 2) << "the sizes of a network are of no use with it";
  ASSERT_EQ(heed("classify train texts.tsv --model unigrams --output bag").status, 0);
  EXPECT_NE(heed("classify evaluate bag texts.tsv").out.find("accuracy 50.00 %"), std::string::npos);
  for (const std::string network : {"transformer", "gru"}) {
    shell("rm -rf model");
    const Outcome trained =
        heed(small("--epochs 100 --patience 0 --dropout 0 --word-dropout 0 --model " + network));
    ASSERT_EQ(trained.status, 0) << trained.err;
    EXPECT_NE(heed("classify evaluate model texts.tsv").out.find("accuracy 100.00 %"), std::string::npos);
    const Outcome predicted =
        shell("printf 'not good , bad\\ngood , not bad\\n' | \"$HEED\" classify predict model");
    EXPECT_TRUE(predicted.out.starts_with("no\t0.")) << predicted.out;
    EXPECT_NE(predicted.out.find("\nyes\t0."), std::string::npos) << predicted.out;
  }
}

TEST_F(HeedClassify, writes_the_same_bytes_on_any_number_of_threads) {
  for (const std::string threads : {"1", "3"}) {
    ASSERT_EQ(heed(small("--model transformer --epochs 2 --threads " + threads)).status, 0);
    ASSERT_EQ(shell("mv model model" + threads).status, 0);
  }
  EXPECT_EQ(shell("cmp model1/model.safetensors model3/model.safetensors").status, 0);
}

TEST_F(HeedClassify, goes_on_to_the_same_bytes_after_it_was_stopped_or_killed) {
  const std::string more = "--model lstm --epochs 40 --patience 0 --word-dropout 0.2";
  ASSERT_EQ(heed(small(more)).status, 0);
  ASSERT_EQ(shell("mv model unbroken").status, 0);
  for (const int signal : {SIGINT, SIGKILL}) {
    shell("rm -rf model");
    RunningProgram run(folder_,
                       {"classify", "train",          "texts.tsv", "--width",         "16",   "--hidden",
                        "16",       "--batch-tokens", "64",        "--learning-rate", "0.01", "--output",
                        "model",    "--model",        "lstm",      "--epochs",        "40",   "--patience",
                        "0",        "--word-dropout", "0.2"});
    ASSERT_TRUE(run.has_said("accuracy"));
    run.signal(signal);
    run.end();
    ASSERT_EQ(heed(small(more)).status, 0);
    EXPECT_EQ(shell("cmp model/model.safetensors unbroken/model.safetensors").status, 0) << signal;
  }
}

TEST_F(HeedClassify, folders_of_other_models_are_neither_read_nor_overwritten) {
  make_model();
  expect_failure("classify evaluate model texts.tsv", "holds a model for translation");
  expect_failure(small("--model transformer --epochs 1"), "holds a run of the task translation");
}

TEST_F(HeedClassify, classifiers_do_not_translate) {
  ASSERT_EQ(heed(small("--model transformer --epochs 1")).status, 0);
  expect_failure("translate model", "needs a model of the family encoder-decoder");
}

}  // namespace
}  // namespace heed
