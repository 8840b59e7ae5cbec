#include "heed/training/saved_states.h"

#include <gtest/gtest.h>

#include "heed/backend/reference/reference_backend.h"
#include "heed/checkpoint/model_folder.h"
#include "tests/model/tiny_model.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

/// A model with its optimizer and a moving average.
struct Pupil {
  explicit Pupil(std::uint64_t seed, Index width = 4)
      : model(model_of(seed, width)),
        adam(reference_backend(), variables(), {}),
        average(reference_backend(), variables(), 0.9) {}

  Learner learner() { return {model.store(), adam, &average}; }
  float first_number() const { return model.store().parameters().front().variable.value().data()[0]; }

  Transformer model;
  Adam adam;
  MovingAverage average;

 private:
  static Transformer model_of(std::uint64_t seed, Index width) {
    VariedParameters start(seed);
    TransformerConfig config = tiny_config();
    config.width = width;
    return Transformer(config, start, ParameterStore::Purpose::training);
  }
  std::vector<Variable> variables() const {
    std::vector<Variable> all;
    for (const auto& parameter : model.store().parameters()) all.push_back(parameter.variable);
    return all;
  }
};

RunState state_at(Index update, Index rollbacks = 0) {
  RunState state;
  state.update = update, state.rollbacks = rollbacks;
  return state;
}

class TheSavedStates : public WithFolder {
 protected:
  std::vector<SavedState> found() const {
    return states_.found([](const std::filesystem::path&, const std::string& why) { ADD_FAILURE() << why; });
  }
  std::string names() const {
    std::string names;
    for (const SavedState& saved : found()) names += saved.file.stem().string() + ' ';
    return names;
  }
  std::string complaints() const {
    std::string all;
    states_.found([&](const std::filesystem::path&, const std::string& why) { all += why + '\n'; });
    return all;
  }

  const SavedStates states_{folder_};
  Pupil pupil_{1}, other_{2};
};

TEST_F(TheSavedStates, give_back_what_was_saved) {
  pupil_.adam.means()[0].data()[0] = 5, pupil_.adam.variances()[0].data()[0] = 6;
  pupil_.average.averages()[0].data()[0] = 7;
  RunState state = state_at(12, 2);
  state.adam_updates = 11, state.best = 0.1, state.rate_factor = 0.3, state.finished = true;
  EXPECT_FALSE(states_.any());
  states_.save_lasting(state, pupil_.learner());
  EXPECT_TRUE(states_.any());

  const SavedState saved = found().front();
  states_.load(saved, other_.learner());
  EXPECT_EQ(saved.state.update, 12);
  EXPECT_EQ(saved.state.best, 0.1);
  EXPECT_EQ(saved.state.rate_factor, 0.3);
  EXPECT_TRUE(saved.state.finished);
  EXPECT_EQ(other_.first_number(), pupil_.first_number());
  EXPECT_EQ(other_.adam.means()[0].data()[0], 5);
  EXPECT_EQ(other_.adam.variances()[0].data()[0], 6);
  EXPECT_EQ(other_.adam.updates(), 11);
  EXPECT_EQ(other_.average.averages()[0].data()[0], 7);
}

TEST_F(TheSavedStates, start_a_moving_average_that_the_run_did_not_have_from_its_weights) {
  states_.save_passing({}, {pupil_.model.store(), pupil_.adam, nullptr});
  states_.load(found().front(), other_.learner());
  EXPECT_EQ(other_.average.averages()[0].data()[0], pupil_.first_number());
}

TEST_F(TheSavedStates, are_the_last_two_lasting_ones_and_a_passing_one_newer_than_they) {
  for (const Index update : {0, 5, 10}) states_.save_lasting(state_at(update), pupil_.learner());
  EXPECT_EQ(names(), "state-00000010 state-00000005 ");
  states_.save_passing(state_at(12), pupil_.learner());
  states_.save_passing(state_at(13), pupil_.learner());
  EXPECT_EQ(names(), "state state-00000010 state-00000005 ");
  states_.save_lasting(state_at(15), pupil_.learner());
  EXPECT_EQ(names(), "state-00000015 state-00000010 ");
}

TEST_F(TheSavedStates, come_in_the_order_of_the_runs_life) {
  states_.save_lasting(state_at(5, 1), pupil_.learner());
  states_.save_lasting(state_at(20), pupil_.learner());
  states_.save_passing(state_at(5, 1), pupil_.learner());  // went back to 5, and was stopped there
  EXPECT_EQ(names(), "state state-00000005 state-00000020 ");
  states_.forget_after(5);
  EXPECT_EQ(names(), "state state-00000005 ");
}

TEST_F(TheSavedStates, that_are_damaged_are_told_and_set_aside) {
  states_.save_lasting(state_at(1), pupil_.learner());
  const auto file = folder_ / "state-00000001.safetensors";
  const std::string sound = read_file(file);
  const auto damage = [&](std::size_t at) {
    std::string bytes = sound;
    bytes[at] ^= 4;
    write_file(file, bytes);
  };
  damage(sound.find("update"));
  EXPECT_NE(complaints().find("is damaged: its header is not the one that was saved"), std::string::npos)
      << complaints();
  damage(sound.size() - 1);
  EXPECT_THROW(states_.load(found().front(), other_.learner()), CheckpointError);
  write_file(file, "");
  EXPECT_NE(complaints().find("too few for any checkpoint"), std::string::npos) << complaints();
  EXPECT_EQ(states_.set_aside(file), file.string() + ".damaged");
  EXPECT_FALSE(states_.any());
}

TEST_F(TheSavedStates, of_another_model_or_of_none_are_refused) {
  save_parameters(folder_ / "state.safetensors", pupil_.model.store());
  EXPECT_EQ(complaints(), (folder_ / "state.safetensors").string() + ": is no training state\n");
  Pupil wider(1, 8);
  states_.save_passing({}, wider.learner());
  const std::string wrong =
      message_of<CheckpointError>([&] { states_.load(found().front(), pupil_.learner()); });
  EXPECT_NE(wrong.find("is of shape [7, 8], the config asks for [7, 4]"), std::string::npos) << wrong;
}

}  // namespace
}  // namespace heed
