#include "heed/training/fine_tuning.h"

#include "heed/checkpoint/model_folder.h"
#include "heed/model/transformer_config.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

class FineTuning : public WithFolder {
 protected:
  FineTuning() { train_tiny(model_, tiny_options()); }

  /// Options of a run on the same corpus that starts from the model.
  RunOptions further(Index updates) const {
    RunOptions options = tiny_options();
    options.start.from = model_;
    options.model = ModelOptions();
    options.tokenizer = {};
    options.training.updates = updates;
    return options;
  }
  void expect_refused(const RunOptions& options, const std::string& because) const {
    try {
      train_tiny(folder_ / "refused", options);
      FAIL() << "trained although " << because << " differs";
    } catch (const ConfigError& error) {
      EXPECT_NE(std::string(error.what()).find(because), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find("--from"), std::string::npos) << error.what();
    }
  }

  const std::filesystem::path model_ = folder_ / "model";
};

TEST_F(FineTuning, StartsFromTheModelsWeightsSizesAndTokenizer) {
  Witness witness;
  RunOptions options = further(1);
  // A rate of nothing: what comes out is what went in.
  options.training.learning_rate = 0;
  options.training.moving_average = 0, options.training.average_checkpoints = 0;
  train_tiny(folder_ / "further", options, witness);
  EXPECT_EQ(model_bytes(folder_ / "further"), model_bytes(model_));
  EXPECT_EQ(read_file(folder_ / "further" / "tokenizer.json"), read_file(model_ / "tokenizer.json"));
  EXPECT_EQ(load_config(folder_ / "further").as<TransformerConfig>().width, 16);
  EXPECT_NE(witness.notes.find(model_.string()), std::string::npos) << witness.notes;
}

TEST_F(FineTuning, GoesOnToTheSameBytesWithoutTheModelThatItBeganWith) {
  train_tiny(folder_ / "unbroken", further(8));
  Witness witness;
  train_tiny(folder_ / "broken", further(8), witness, 4);
  std::filesystem::rename(model_, folder_ / "gone");
  train_tiny(folder_ / "broken", further(8));
  EXPECT_EQ(model_bytes(folder_ / "broken"), model_bytes(folder_ / "unbroken"));
}

TEST_F(FineTuning, MayDropMoreOrLess) {
  RunOptions options = further(1);
  options.model.set("dropout", 0.4);
  train_tiny(folder_ / "further", options);
  EXPECT_DOUBLE_EQ(load_config(folder_ / "further").as<TransformerConfig>().dropout, 0.4);
}

TEST_F(FineTuning, RefusesOtherSizesAndOtherTokenizers) {
  RunOptions options = further(1);
  options.model.set("width", 32);
  expect_refused(options, "width");
  options = further(1);
  options.model.preset = "base";
  expect_refused(options, "width");
  options = further(1);
  options.tokenizer.kind = TokenizerKind::bpe;
  expect_refused(options, "tokenizer");
  options = further(1);
  options.tokenizer.vocabulary_size = 77;
  expect_refused(options, "vocabulary_size");
}

TEST_F(FineTuning, MeasuresTheModelBeforeItsFirstUpdate) {
  Witness witness;
  train_tiny(folder_ / "further", further(4), witness);
  ASSERT_EQ(witness.validations.size(), 3u);
  EXPECT_EQ(witness.validations[0].update, 0);
  EXPECT_TRUE(witness.validations[0].best);
  Witness anew;
  train_tiny(folder_ / "anew", tiny_options(), anew);
  EXPECT_EQ(anew.validations[0].update, 3);
}

TEST_F(FineTuning, KeepsTheModelWhereNothingIsBetter) {
  for (const Index average : {0, 3}) {
    RunOptions options = further(8);
    options.training.learning_rate = 3.0, options.training.warmup = 0;  // ruins the weights
    options.training.average_checkpoints = average;
    const auto folder = folder_ / std::to_string(average);
    Witness witness;
    const TrainingOutcome outcome = train_tiny(folder, options, witness);
    EXPECT_EQ(model_bytes(folder), model_bytes(model_));
    EXPECT_TRUE(outcome.state.start_is_best);
    EXPECT_EQ(outcome.final.value("loss"), witness.validations[0].result.value("loss"));
    EXPECT_NE(witness.notes.find("nothing was better than the model from before training"), std::string::npos)
        << witness.notes;
    for (std::size_t i = 1; i < witness.validations.size(); ++i) EXPECT_FALSE(witness.validations[i].best);
  }
}

TEST_F(FineTuning, LosesPatienceWhereNothingIsBetter) {
  RunOptions options = further(1000);
  options.training.learning_rate = 3.0, options.training.warmup = 0, options.training.patience = 2;
  options.training.validate_every = 2;
  EXPECT_EQ(train_tiny(folder_ / "further", options).state.update, 4);
}

TEST_F(FineTuning, KeepsWhatIsBetterThanTheModel) {
  RunOptions options = further(200);
  options.training.validate_every = 50;
  Witness witness;
  const TrainingOutcome outcome = train_tiny(folder_ / "further", options, witness);
  EXPECT_FALSE(outcome.state.start_is_best);
  EXPECT_LT(outcome.final.value("loss"), witness.validations[0].result.value("loss"));
  EXPECT_EQ(witness.notes.find("from before training"), std::string::npos) << witness.notes;
}

TEST_F(FineTuning, KilledBeforeItsFirstUpdateOrAfterItKeepsTheModelWhereNothingIsBetter) {
  RunOptions options = further(4);
  options.training.learning_rate = 3.0, options.training.warmup = 0;
  Witness witness;
  witness.at_validation = [](const ValidationReport&) { throw Killed(); };
  EXPECT_THROW(train_tiny(folder_ / "further", options, witness), Killed);
  train_tiny_killed_after(2, folder_ / "further", options);
  EXPECT_TRUE(train_tiny(folder_ / "further", options).state.start_is_best);
  EXPECT_EQ(model_bytes(folder_ / "further"), model_bytes(model_));
}

TEST_F(FineTuning, OfAFolderWithoutAModelIsRefused) {
  RunOptions options = further(1);
  options.start.from = folder_ / "nothing";
  EXPECT_THROW(train_tiny(folder_ / "further", options), Error);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "further" / "model.safetensors"));
}

}  // namespace
}  // namespace heed
