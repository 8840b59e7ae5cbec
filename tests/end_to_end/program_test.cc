#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <string>

namespace {

struct Outcome {
  int status;
  std::string output;  // of both streams, unless the command says otherwise
};

/// Runs a shell command in which $HEED is the program.
Outcome run(const std::string& command) {
  const std::string line = "exec 2>&1; HEED='" HEED_BINARY_DIR "/heed'; " + command;
  FILE* pipe = ::popen(line.c_str(), "r");
  if (!pipe) return {-1, "popen failed"};
  Outcome outcome;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe))
    outcome.output.append(buffer, count);
  const int status = ::pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

TEST(HeedProgram, tells_its_version) {
  const Outcome outcome = run("\"$HEED\" --version");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.output, "heed 0.1.0\n");
}

TEST(HeedProgram, helps_on_standard_output) {
  const Outcome outcome = run("\"$HEED\" help 2>/dev/null");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.output.find("Usage: heed"), std::string::npos) << outcome.output;
}

TEST(HeedProgram, complains_about_wrong_usage_on_standard_error) {
  EXPECT_EQ(run("\"$HEED\" 2>/dev/null").status, 2);
  EXPECT_EQ(run("\"$HEED\" frobnicate 2>/dev/null").output, "");
  EXPECT_EQ(run("\"$HEED\" frobnicate").status, 2);
  EXPECT_EQ(run("\"$HEED\" --frobnicate").status, 2);
}

TEST(HeedProgram, fails_when_its_output_cannot_be_written) {
  const Outcome outcome = run("\"$HEED\" help > /dev/full");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.output, "heed: standard output: cannot be written; is the disk full?\n");
}

TEST(HeedProgram, ends_quietly_when_its_reader_goes_away) {
  const Outcome outcome = run("(sleep 0.2; \"$HEED\" help; echo status $? >&2) | true");
  EXPECT_EQ(outcome.output, "status 141\n");
}

}  // namespace
