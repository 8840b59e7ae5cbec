#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

const std::string completion = HEED_BINARY_DIR "/manual/completion/";

/// What shells offer for a command line that is being typed, its last word among it.
class CompletionOfHeed : public HeedProgram {
 protected:
  CompletionOfHeed() {
    std::filesystem::create_directories(folder_ / "corpora");
    file("corpus.tsv", "");
  }

  std::set<std::string> in_bash(const std::string& line) const {
    file("bash.sh", "source " + completion + "heed\nCOMP_WORDS=(" + line + ")\n[[ '" + line +
                        "' == *' ' ]] && COMP_WORDS+=('')\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_heed\n"
                        "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    return words(shell("bash bash.sh"));
  }
  std::set<std::string> in_fish(const std::string& line) const {
    return words(
        shell("fish --no-config -c 'source " + completion + "heed.fish; complete -C \"" + line + "\"'"));
  }
  /// zsh completes at a terminal only: it is given one, and what it lists there is read.
  std::set<std::string> in_zsh(const std::string& line) const {
    file("zsh.sh",
         "zmodload zsh/zpty\n"
         "zpty -b z zsh -f -i\n"
         "zpty -w z 'PS1= PS2= ; fpath=(" +
             completion +
             " $fpath); autoload -Uz compinit; compinit -u -D; "
             "setopt no_always_last_prompt; zstyle \":completion:*\" list-prompt \"\"; "
             "null-line() { zle -U \"\" }; "
             "compadd() { local -a o a; o=(); builtin compadd -O a \"$@\"; print -rl -- $a >> words; builtin "
             "compadd \"$@\" }; "
             "bindkey \"^I\" list-choices; unsetopt beep; touch ready'\n"
             "for i in {1..100}; do [[ -e ready ]] && break; sleep 0.1; done\n"
             "zpty -n -w z $'" +
             line +
             "\\t'\n"
             "for i in {1..30}; do [[ -s words ]] && break; sleep 0.1; done; sleep 0.3\nzpty -d z\ncat "
             "words\n");
    std::filesystem::remove(folder_ / "words");
    std::filesystem::remove(folder_ / "ready");
    return words(shell("zsh -f zsh.sh 2>&1"));
  }
  bool has(const char* shell_name) const {
    return shell(std::string("command -v ") + shell_name).status == 0;
  }

 private:
  /// The first word of each line.
  static std::set<std::string> words(const Outcome& outcome) {
    std::set<std::string> found;
    std::istringstream in(outcome.out);
    for (std::string line; std::getline(in, line);) {
      const std::string word = line.substr(0, line.find('\t'));
      if (!word.empty()) found.insert(word);
    }
    return found;
  }
};

using Words = std::set<std::string>;

/// What every shell must offer, whatever else it does.
template <class Complete>
void expect_completes(const Complete& complete) {
  const Words commands = complete("heed qua");
  EXPECT_TRUE(commands.contains("quantize")) << testing::PrintToString(commands);
  const Words below = complete("heed data s");
  EXPECT_TRUE(below.contains("sample") && below.contains("split")) << testing::PrintToString(below);
  EXPECT_FALSE(below.contains("score")) << "heed score is no command of heed data";
  const Words choices = complete("heed translate model --cpu ");
  EXPECT_TRUE(choices.contains("auto") && choices.contains("avx2")) << testing::PrintToString(choices);
  const Words files = complete("heed report ");
  EXPECT_TRUE(files.contains("corpus.tsv") || files.contains("corpus.tsv/")) << testing::PrintToString(files);
  const Words several = complete("heed compare --models rnn ");
  EXPECT_TRUE(several.contains("lstm")) << testing::PrintToString(several);
}

TEST_F(CompletionOfHeed, offers_commands_choices_and_files_in_bash) {
  expect_completes([this](const std::string& line) { return in_bash(line); });
  const Words flags = in_bash("heed train --tok");
  EXPECT_TRUE(flags.contains("--tokenizer")) << testing::PrintToString(flags);
  EXPECT_TRUE(in_bash("heed train --train-text").contains("--train-texts"))
      << "of another task than the default";
  EXPECT_EQ(in_bash("heed train --output cor"), (Words{"corpora"})) << "a folder";
  EXPECT_EQ(in_bash("heed train --learning-rate "), Words{}) << "a number is not to be guessed";
  EXPECT_EQ(in_bash("heed translate --cpu = av"), in_bash("heed translate --cpu av"));
}

TEST_F(CompletionOfHeed, offers_commands_choices_and_files_in_fish) {
  if (!has("fish")) GTEST_SKIP() << "fish is not installed";
  expect_completes([this](const std::string& line) { return in_fish(line); });
  const Words flags = in_fish("heed train --tok");
  EXPECT_TRUE(flags.contains("--tokenizer")) << testing::PrintToString(flags);
}

TEST_F(CompletionOfHeed, offers_commands_choices_and_files_in_zsh) {
  if (!has("zsh")) GTEST_SKIP() << "zsh is not installed";
  expect_completes([this](const std::string& line) { return in_zsh(line); });
}

}  // namespace
}  // namespace heed
