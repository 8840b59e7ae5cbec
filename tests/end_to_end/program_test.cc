#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

TEST_F(HeedProgram, tells_its_version) {
  const Outcome outcome = heed("--version");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "heed 0.1.0\n");
}

TEST_F(HeedProgram, helps_on_standard_output) {
  const Outcome outcome = heed("help");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("Usage: heed"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.err, "");
}

TEST_F(HeedProgram, complains_about_wrong_usage_on_standard_error) {
  for (const char* wrong :
       {"", "frobnicate", "--frobnicate", "train", "translate", "score model", "inspect"}) {
    const Outcome outcome = heed(wrong);
    EXPECT_EQ(outcome.status, 2) << wrong;
    EXPECT_EQ(outcome.out, "") << wrong;
    EXPECT_NE(outcome.err, "") << wrong;
  }
}

TEST_F(HeedProgram, fails_when_its_output_cannot_be_written) {
  const Outcome outcome = heed("help > /dev/full");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "heed: standard output: cannot be written; is the disk full?\n");
}

TEST_F(HeedProgram, ends_quietly_when_its_reader_goes_away) {
  EXPECT_EQ(shell("(sleep 0.2; \"$HEED\" help; echo status $? >&2) | true").err, "status 141\n");
}

TEST_F(HeedProgram, takes_no_file_of_its_own_for_a_standard_stream_that_is_closed) {
  make_model();
  for (const char* command : {"translate model", "predict model", "evaluate --reference corpus.tsv"}) {
    const Outcome read = heed(std::string(command) + " <&-");
    EXPECT_EQ(read.status, 1) << command;
    EXPECT_EQ(read.out, "") << command;
    EXPECT_NE(read.err.find("standard input: cannot be read"), std::string::npos) << command << read.err;
  }
  const Outcome written = heed("data sample --count 5 >&-");
  EXPECT_EQ(written.status, 1);
  EXPECT_NE(written.err.find("standard output: cannot be written"), std::string::npos) << written.err;
  // Messages may get lost, what is made may not.
  ASSERT_EQ(heed(tiny("--output other --log log.jsonl <&- >&- 2>&-")).status, 0);
  EXPECT_EQ(content("other/model.safetensors"), content("model/model.safetensors"));
  EXPECT_TRUE(content("log.jsonl").starts_with("{\"schema\"")) << content("log.jsonl").substr(0, 200);
}

}  // namespace
}  // namespace heed
