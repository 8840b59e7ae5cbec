#include "heed/training/run_tokenizers.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

struct Notes : TrainingObserver {
  std::string all;
  void note(const std::string& text) override { all += text + '\n'; }
};

class RunTokenizers : public WithFolder {
 protected:
  /// What a run in the folder of this name gets, and whether it had to learn it.
  struct Got {
    Tokenizers tokenizers;
    bool learned = false;
  };
  Got tokenizers(const std::string& run, TokenizerConfig& config, const std::filesystem::path& from = {}) {
    const RunFolder folder(folder_ / run);
    const bool resumed = std::filesystem::exists(folder.path());
    folder.create();
    Got got;
    got.tokenizers = run_tokenizers({folder, from, resumed, training_, notes_}, {.config = config},
                                    [&](const TokenizerConfig& complete) {
                                      got.learned = true;
                                      return learned_by(complete);
                                    });
    return got;
  }
  static Tokenizers learned_by(const TokenizerConfig& config) {
    const std::vector<std::string_view> texts{"ada saw bob", "bob saw eve", "eve saw ada"};
    Tokenizers tokenizers = train_tokenizers(config, texts);
    tokenizers.notes = {"learned by " + std::string(enum_name(config.kind))};
    return tokenizers;
  }
  std::string refused(const std::string& run, TokenizerConfig config,
                      const std::filesystem::path& from = {}) {
    return message_of<ConfigError>([&] { tokenizers(run, config, from); });
  }

  TrainingConfig training_;
  Notes notes_;
  TokenizerConfig words_{.kind = TokenizerKind::whitespace, .minimum_count = 2};
};

TEST_F(RunTokenizers, are_learned_told_of_and_saved_where_there_are_none) {
  const Got got = tokenizers("run", words_);
  EXPECT_TRUE(got.learned);
  EXPECT_EQ(notes_.all, "learned by whitespace\n");
  EXPECT_EQ(load_tokenizers(folder_ / "run").source->serialized(), got.tokenizers.source->serialized());
}

TEST_F(RunTokenizers, of_a_run_that_goes_on_stay_and_other_options_are_refused) {
  tokenizers("run", words_);
  EXPECT_FALSE(tokenizers("run", words_).learned);
  EXPECT_EQ(refused("run", {.kind = TokenizerKind::whitespace}),
            (folder_ / "run").string() +
                ": the run began with minimum_count 2, now 1 is asked for; a model's tokenizer cannot change "
                "while it is trained: omit it, or train in another folder");
}

TEST_F(RunTokenizers, of_a_run_that_goes_on_are_those_of_its_options_with_all_that_they_imply) {
  TokenizerConfig exact{.kind = TokenizerKind::bpe, .vocabulary_size = 290, .exact_whitespace = true};
  EXPECT_EQ(tokenizers("run", exact).tokenizers.config.normalization, "identity");
  EXPECT_FALSE(tokenizers("run", exact).learned);
}

TEST_F(RunTokenizers, of_a_model_that_is_trained_further_are_its_own_and_so_are_the_options) {
  tokenizers("model", words_);
  TokenizerConfig usual;
  const Got got = tokenizers("run", usual, folder_ / "model");
  EXPECT_FALSE(got.learned);
  EXPECT_EQ(usual.kind, TokenizerKind::whitespace);
  EXPECT_EQ(usual.minimum_count, 2);
  EXPECT_EQ(read_file(folder_ / "run/tokenizer.json"), read_file(folder_ / "model/tokenizer.json"));
  EXPECT_FALSE(tokenizers("as_asked", words_, folder_ / "model").learned);
}

TEST_F(RunTokenizers, of_a_model_that_is_trained_further_are_no_others_at_its_start_and_when_it_goes_on) {
  const auto model = folder_ / "model";
  const std::string says =
      ": the model has minimum_count 2, but 3 is asked for; a model that is trained "
      "further keeps its sizes and its tokenizer: omit it, or train a new model "
      "without --from";
  tokenizers("model", words_);
  TokenizerConfig others = words_, usual;
  others.minimum_count = 3;
  EXPECT_EQ(refused("others", others, model), model.string() + says);
  tokenizers("run", usual, model);
  std::filesystem::remove_all(model);
  EXPECT_EQ(refused("run", others, model), (folder_ / "run").string() + says);
  TokenizerConfig unsaid;
  EXPECT_EQ(tokenizers("run", unsaid, model).tokenizers.config.minimum_count, 2);
}

}  // namespace
}  // namespace heed
