#include "heed/training/divergence.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/model/tiny_model.h"
#include "tests/support/tensors.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

TEST(NotFiniteNumbers, are_found_wherever_they_are) {
  for (const float bad : {NAN, INFINITY, -INFINITY})
    for (const Index at : {0, 7, 30}) {
      const Tensor tensor = Tensor::zeros({31});
      EXPECT_TRUE(all_finite(tensor));
      tensor.data()[at] = bad;
      EXPECT_FALSE(all_finite(tensor));
    }
  const Tensor large = tensor_of({2}, {3e38f, 3e38f});
  EXPECT_TRUE(all_finite(large));
}

TEST(NotFiniteNumbers, are_named_weights_first) {
  VariedParameters start(1);
  const Transformer model(tiny_config(), start, ParameterStore::Purpose::training);
  const auto& parameters = model.store().parameters();
  const auto text = [&] { return find_not_finite(model.store()).text(); };
  EXPECT_EQ(text(), "no weight nor gradient, only their sums");
  for (const std::size_t i : {2, 4}) parameters[i].variable.gradient().data()[0] = NAN;
  EXPECT_EQ(text(), "the gradient of " + parameters[4].name + " and 1 other");
  for (const std::size_t i : {1, 3}) parameters[i].variable.value().data()[0] = INFINITY;
  EXPECT_EQ(text(), "the weight of " + parameters[1].name + " and 1 other");
}

/// A run of tiny_options() that learned for six updates, then goes on at an absurd rate: the first update at
/// that ruins the weights, and none can follow it.
class Divergence : public WithFolder {
 protected:
  Divergence() {
    sane_.training.updates = 6;
    train_tiny(folder_ / "base", sane_);
    sane_.training.updates = 20;
    absurd_ = sane_;
    absurd_.training.learning_rate = 1e30;
    absurd_.training.skips_in_a_row = 2;
    absurd_.training.rollback_rate = 1e-16;  // the second time it is sane
  }
  std::filesystem::path copy_of_base(const std::string& name) const {
    std::filesystem::copy(folder_ / "base", folder_ / name, std::filesystem::copy_options::recursive);
    return folder_ / name;
  }

  RunOptions sane_ = tiny_options(), absurd_;
  Witness witness_;
};

TEST_F(Divergence, leads_back_to_the_last_good_state_at_a_lower_rate) {
  const TrainingOutcome outcome = train_tiny(copy_of_base("run"), absurd_, witness_);
  EXPECT_EQ(outcome.state.update, 20);
  EXPECT_EQ(outcome.state.rollbacks, 2);
  EXPECT_TRUE(std::isfinite(outcome.final.value("loss")));
  ASSERT_EQ(witness_.rollbacks.size(), 2u);
  const RollbackReport &first = witness_.rollbacks[0], &second = witness_.rollbacks[1];
  EXPECT_EQ(first.from, 9);  // one ruined the weights, two could not be made
  EXPECT_EQ(first.to, 6);
  EXPECT_DOUBLE_EQ(first.rate_factor, 1e-16);
  EXPECT_EQ(first.last.in_a_row, 2);
  EXPECT_EQ(second.from, 9);
  EXPECT_EQ(second.to, 6);
  EXPECT_DOUBLE_EQ(second.rate_factor, 1e-32);
  EXPECT_EQ(witness_.updates.size(), 3 + 3 + 14u);
  EXPECT_EQ(outcome.state.skipped_updates, 4);
}

TEST_F(Divergence, is_told_with_the_tensor_and_the_sentences) {
  train_tiny(copy_of_base("run"), absurd_, witness_);
  ASSERT_EQ(witness_.skips.size(), 4u);
  const SkipReport& skip = witness_.skips[0];
  EXPECT_EQ(skip.update, 8);
  EXPECT_FALSE(std::isfinite(skip.loss));
  EXPECT_NE(skip.where.tensor, "");
  EXPECT_GT(skip.where.tensors, 0);
  EXPECT_EQ(witness_.updates[1].update, 8);
  EXPECT_FALSE(witness_.updates[1].applied);
  EXPECT_EQ(std::ssize(skip.examples), witness_.updates[1].examples);
  // Letters with spaces between them.
  for (const std::string& sentence : skip.examples)
    EXPECT_EQ(sentence.find_first_not_of("abcdef "), std::string::npos) << sentence;
}

TEST_F(Divergence, killed_at_any_time_comes_to_the_same_bytes) {
  train_tiny(copy_of_base("undisturbed"), absurd_, witness_);
  const std::string expected = model_bytes(folder_ / "undisturbed");
  for (const double save_minutes : {0.0, 1e-9}) {
    absurd_.training.save_minutes = save_minutes;
    for (std::size_t number = 1; number <= witness_.updates.size(); number += 2) {
      const auto folder = copy_of_base(message("killed", number, "-", save_minutes));
      Witness killed;
      killed.at_update = [&](const UpdateReport&) {
        if (killed.updates.size() == number) throw Killed();
      };
      EXPECT_THROW(train_tiny(folder, absurd_, killed), Killed);
      train_tiny(folder, absurd_);
      EXPECT_EQ(model_bytes(folder), expected) << "killed after " << number << " updates";
    }
  }
}

TEST_F(Divergence, stopped_while_updates_are_left_out_comes_to_the_same_bytes) {
  train_tiny(copy_of_base("undisturbed"), absurd_);
  for (const Index stop : {7, 8}) {
    const auto folder = copy_of_base(message("stopped", stop));
    EXPECT_EQ(train_tiny(folder, absurd_, stop).state.update, stop);
    train_tiny(folder, absurd_, witness_);
    EXPECT_EQ(model_bytes(folder), model_bytes(folder_ / "undisturbed"));
  }
}

TEST_F(Divergence, from_the_first_update_on_leads_back_to_the_beginning) {
  RunOptions options = absurd_;
  options.training.warmup = 0;
  const TrainingOutcome outcome = train_tiny(folder_ / "run", options, witness_);
  EXPECT_EQ(outcome.end, TrainingEnd::limit);
  ASSERT_EQ(witness_.rollbacks.size(), 2u);
  EXPECT_EQ(witness_.rollbacks[0].to, 0);
}

TEST_F(Divergence, that_no_rate_helps_ends_the_run_and_says_what_to_do) {
  absurd_.training.rollbacks = 1;
  const std::string error =
      message_of<DivergenceError>([&] { train_tiny(copy_of_base("run"), absurd_, witness_); });
  EXPECT_NE(error.find("at update 9, 2 updates in a row were not finite (the "), std::string::npos) << error;
  EXPECT_NE(
      error.find("the run went back 1 times already, to a learning rate 1e-16 times that of its options; "
                 "lower --learning-rate"),
      std::string::npos)
      << error;
  // With more of them it goes on from where it ended.
  absurd_.training.rollbacks = 2;
  EXPECT_EQ(train_tiny(folder_ / "run", absurd_).state.update, 20);
}

TEST_F(Divergence, is_left_alone_if_that_is_asked_for) {
  absurd_.training.skips_in_a_row = 0, absurd_.training.validate_every = 1000;
  const TrainingOutcome outcome = train_tiny(copy_of_base("run"), absurd_, witness_);
  EXPECT_TRUE(witness_.rollbacks.empty());
  EXPECT_EQ(outcome.state.skipped_updates, 13);
  EXPECT_EQ(outcome.state.best_update, 6);  // what it had is not lost
}

TEST_F(Divergence, right_before_a_validation_leaves_the_best_and_saves_no_state_to_go_back_to) {
  absurd_.training.validate_every = 7, absurd_.training.metric = "bleu";
  train_tiny(copy_of_base("run"), absurd_, witness_);
  ASSERT_EQ(witness_.rollbacks.size(), 2u);
  EXPECT_EQ(witness_.rollbacks[1].to, 6);
  ASSERT_GE(witness_.validations.size(), 2u);
  EXPECT_EQ(witness_.validations[0].update, 7);
  EXPECT_FALSE(witness_.validations[0].best);
  EXPECT_TRUE(std::isnan(witness_.validations[0].result.value("bleu")));
}

TEST_F(Divergence, to_the_end_without_any_model_is_an_error) {
  RunOptions options = absurd_;
  options.training.skips_in_a_row = 0, options.training.warmup = 0;
  const std::string error = message_of<DivergenceError>([&] { train_tiny(folder_ / "run", options); });
  EXPECT_NE(error.find("training: ends at update 20 without a model that could be validated"),
            std::string::npos)
      << error;
}

/// Puts a number that is none into the weights of a saved state.
void spoil(const std::filesystem::path& file) {
  const SafetensorsFile saved(file);
  TensorMap tensors = saved.tensors();
  tensors.at("parameter/decoder.output.bias").data()[2] = NAN;
  Metadata metadata = saved.metadata();
  std::erase_if(metadata, [](const auto& entry) { return entry.first.starts_with("heed."); });
  write_safetensors(file, tensors, metadata);
}

TEST_F(Divergence, of_the_last_states_weights_leads_back_to_the_one_before_it) {
  const auto folder = copy_of_base("run");
  spoil(folder / "training/state-00000006.safetensors");
  RunOptions options = sane_;
  options.training.skips_in_a_row = 2;
  train_tiny(folder, options, witness_);
  ASSERT_EQ(witness_.skips.size(), 2u);
  EXPECT_EQ(witness_.skips[0].where.text(), "the weight of decoder.output.bias");
  ASSERT_EQ(witness_.rollbacks.size(), 1u);
  EXPECT_EQ(witness_.rollbacks[0].from, 8);
  EXPECT_EQ(witness_.rollbacks[0].to, 3);
  EXPECT_EQ(witness_.updates[2].update, 4);
  EXPECT_DOUBLE_EQ(witness_.updates[2].learning_rate, 0.5 * 0.01 * std::sqrt(2.0 / 4));
}

TEST_F(Divergence, of_all_states_ends_the_run) {
  const auto folder = copy_of_base("run");
  for (const char* name : {"state-00000006", "state-00000003"})
    spoil(folder / "training" / (std::string(name) + ".safetensors"));
  RunOptions options = sane_;
  options.training.skips_in_a_row = 2;
  const std::string error = message_of<DivergenceError>([&] { train_tiny(folder, options); });
  EXPECT_NE(error.find("no state is left to go back to"), std::string::npos) << error;
}

}  // namespace
}  // namespace heed
