#pragma once
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "heed/base/error.h"
#include "heed/base/stopwatch.h"
#include "tests/support/temporary_folder.h"

namespace heed {

inline int exit_status(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// What a command said and how it ended.
struct Outcome {
  int status = -1;
  std::string out, err;
};

/// A heed that runs while the test does something else, with a pipe to and from it.
class RunningProgram {
 public:
  RunningProgram(const std::filesystem::path& folder, std::vector<std::string> arguments) : folder_(folder) {
    std::array<int, 2> to{}, from{};
    EXPECT_EQ(::pipe2(to.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(from.data(), O_CLOEXEC), 0);
    std::string program = HEED_BINARY_DIR "/heed";
    std::vector<char*> pointers{program.data()};
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const std::string errors = folder_ / "running.err";
    const int error = ::open(errors.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    process_ = ::fork();
    if (process_ == 0) {
      if (::chdir(folder_.c_str()) == 0 && ::dup2(to[0], 0) == 0 && ::dup2(from[1], 1) == 1 &&
          ::dup2(error, 2) == 2)
        ::execv(pointers[0], pointers.data());
      ::_exit(127);
    }
    ::close(to[0]);
    ::close(from[1]);
    ::close(error);
    in_ = to[1];
    out_ = from[0];
  }
  ~RunningProgram() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      end();
    }
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void write(std::string_view text) const {
    EXPECT_EQ(::write(in_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  /// What it says next, up to the end of a line; what there is of it if it says nothing for a minute.
  std::string read_line() const {
    std::string line;
    pollfd question{.fd = out_, .events = POLLIN, .revents = 0};
    for (char byte = 0; byte != '\n';) {
      if (::poll(&question, 1, 60'000) != 1 || ::read(out_, &byte, 1) != 1) break;
      line += byte;
    }
    return line;
  }
  /// Waits until its messages hold this text; false after a minute.
  bool has_said(std::string_view text) const {
    for (const Stopwatch watch; watch.seconds() < 60; ::usleep(2000))
      if (read_file(folder_ / "running.err").find(text) != std::string::npos) return true;
    return false;
  }
  /// Whether it has not ended yet; what it ended with can still be asked.
  bool lives() const {
    siginfo_t about{};
    return ::waitid(P_PID, static_cast<id_t>(process_), &about, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           about.si_pid == 0;
  }
  void signal(int number) const { EXPECT_EQ(::kill(process_, number), 0); }
  /// Ends its input and waits for it.
  Outcome end() {
    ::close(in_);
    Outcome outcome;
    std::array<char, 4096> buffer;
    for (ssize_t count; (count = ::read(out_, buffer.data(), buffer.size())) > 0;)
      outcome.out.append(buffer.data(), static_cast<std::size_t>(count));
    ::close(out_);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    signalled_ = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    outcome.status = exit_status(status);
    outcome.err = read_file(folder_ / "running.err");
    return outcome;
  }
  /// The signal that killed it, or 0: known once it has ended.
  int killed_by() const { return signalled_; }

 private:
  std::filesystem::path folder_;
  pid_t process_ = 0;
  int in_ = -1, out_ = -1, signalled_ = 0;
};

/// A test that runs the real program in a folder of its own.
class HeedProgram : public WithFolder {
 protected:
  /// Runs a shell command in which $HEED is the program.
  Outcome shell(const std::string& command) const {
    const std::string line =
        "cd '" + folder_.string() + "'; HEED='" HEED_BINARY_DIR "/heed'; exec 2>shell.err; " + command;
    Outcome outcome;
    FILE* pipe = ::popen(line.c_str(), "r");
    if (!pipe) return outcome;
    std::array<char, 4096> buffer;
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
      outcome.out.append(buffer.data(), count);
    outcome.status = exit_status(::pclose(pipe));
    outcome.err = read_file(folder_ / "shell.err");
    return outcome;
  }
  /// Runs heed with these arguments, which the shell reads.
  Outcome heed(const std::string& arguments) const { return shell("\"$HEED\" " + arguments); }

  /// heed fails with this status and says this.
  void expect_failure(const std::string& arguments, const std::string& message, int status = 1) const {
    const Outcome outcome = heed(arguments);
    EXPECT_EQ(outcome.status, status) << arguments;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << arguments << "\nsaid: " << outcome.err;
    EXPECT_EQ(outcome.err.find("unexpected error"), std::string::npos) << outcome.err;
  }

  /// The arguments of a run of a second or so; they expect corpus.tsv.
  static std::string tiny(const std::string& more = "") {
    return "train --width 16 --hidden 32 --heads 2 --encoder-layers 1 --decoder-layers 1 --train-tsv "
           "corpus.tsv "
           "--vocabulary-size 500 --batch-tokens 300 --validation-split 6 --warmup 3 --learning-rate 0.01 "
           "--validate-every 4 --metric loss --updates 8 " +
           more;
  }
  void make_corpus() const { ASSERT_EQ(heed("data sample --count 200 --output corpus.tsv").status, 0); }
  /// Trains a model in folder_/model.
  void make_model(const std::string& more = "") const {
    make_corpus();
    const Outcome outcome = heed(tiny("--output model " + more));
    ASSERT_EQ(outcome.status, 0) << outcome.err;
  }
  std::string content(const std::string& name) const { return read_file(folder_ / name); }
  bool exists(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
};

}  // namespace heed
