// What the program does where the system allows it little.
#include <sys/stat.h>

#include <algorithm>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

class Limits : public HeedProgram {
 protected:
  Outcome under(const std::string& limit, const std::string& arguments) const {
    return shell(limit + " && exec \"$HEED\" " + arguments);
  }
};

TEST_F(Limits, of_memory_refuse_a_model_before_there_is_one) {
  make_corpus();
  // 1.3 GB of weights, and four times that to train them.
  const std::string large =
      "train --train-tsv corpus.tsv --output model --vocabulary-size 500 --width 4096 --hidden 16384 --heads "
      "8 "
      "--encoder-layers 1 --decoder-layers 1 --threads 1";
  const Outcome outcome = under("ulimit -v 1000000", large);
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.err.find("parameters needs "), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("for weights, gradients and averages alone, but may take "), std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("train a smaller model"), std::string::npos);
  EXPECT_FALSE(exists("model/training/examples/training")) << "nothing was tokenized for it";
}

TEST_F(Limits, of_memory_leave_small_models_alone) {
  make_corpus();
  const Outcome outcome = under("ulimit -v 1500000", tiny("--output model --threads 1"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST_F(Limits, of_processes_are_met_with_fewer_threads) {
  if (::getuid() != 0) GTEST_SKIP() << "only the superuser can become a user who has no other processes";
  make_corpus();
  ASSERT_EQ(::chmod(folder_.c_str(), 0777), 0);
  const auto limited = [&](const std::string& arguments) {
    return shell("setpriv --reuid 64124 --clear-groups prlimit --nproc=6 \"$HEED\" " + arguments);
  };
  if (limited("--version").status != 0) GTEST_SKIP() << "another user cannot run the program here";
  const Outcome outcome = limited(tiny("--output model --threads 16 --tokenizer-threads 1"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("heed: warning: going on with "), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find(" instead of 16: the system lets no more be started"), std::string::npos)
      << outcome.err;
  const Outcome translated = limited("translate model --workers 8 < corpus.tsv");
  EXPECT_EQ(translated.status, 0) << translated.err;
  EXPECT_EQ(std::count(translated.out.begin(), translated.out.end(), '\n'), 200);
}

}  // namespace
}  // namespace heed
