#include "heed/training/run_folder.h"

#include <gtest/gtest.h>

#include "heed/backend/reference/reference_backend.h"
#include "tests/model/tiny_model.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class TheRunFolder : public WithFolder {
 protected:
  static Transformer model_of(std::uint64_t seed, Index width = 4) {
    VariedParameters start(seed);
    TransformerConfig config = tiny_config();
    config.width = width;
    return Transformer(config, start, ParameterStore::Purpose::training);
  }
  static std::vector<Variable> variables(const Transformer& model) {
    std::vector<Variable> all;
    for (const auto& parameter : model.store().parameters()) all.push_back(parameter.variable);
    return all;
  }
  static float first_number(const Transformer& model) {
    return model.store().parameters().front().variable.value().data()[0];
  }
  static std::string names_of(const std::vector<std::filesystem::path>& files) {
    std::string names;
    for (const auto& path : files) names += path.filename().string() + ' ';
    return names;
  }

  const RunFolder run_{folder_ / "run"};
};

TEST_F(TheRunFolder, gives_back_the_state_that_was_saved) {
  run_.create();
  const Transformer model = model_of(1), other = model_of(2);
  Adam adam(reference_backend(), variables(model), {}), other_adam(reference_backend(), variables(other), {});
  MovingAverage average(reference_backend(), variables(model), 0.9),
      other_average(reference_backend(), variables(other), 0.9);
  adam.means()[0].data()[0] = 5, adam.variances()[0].data()[0] = 6, average.averages()[0].data()[0] = 7;
  RunState state;
  state.update = 12, state.adam_updates = 11, state.best = 0.1, state.finished = true;
  run_.save_state(state, model.store(), adam, &average);

  const RunState loaded = run_.load_state(other.store(), other_adam, &other_average);
  EXPECT_EQ(loaded.update, 12);
  EXPECT_EQ(loaded.best, 0.1);
  EXPECT_TRUE(run_.read_state().finished);
  EXPECT_EQ(first_number(other), first_number(model));
  EXPECT_EQ(other_adam.means()[0].data()[0], 5);
  EXPECT_EQ(other_adam.variances()[0].data()[0], 6);
  EXPECT_EQ(other_adam.updates(), 11);
  EXPECT_EQ(other_average.averages()[0].data()[0], 7);
}

TEST_F(TheRunFolder, starts_a_moving_average_that_the_run_did_not_have_from_its_weights) {
  run_.create();
  const Transformer model = model_of(1), other = model_of(2);
  Adam adam(reference_backend(), variables(model), {}), other_adam(reference_backend(), variables(other), {});
  run_.save_state({}, model.store(), adam, nullptr);
  MovingAverage average(reference_backend(), variables(other), 0.9);
  run_.load_state(other.store(), other_adam, &average);
  EXPECT_EQ(average.averages()[0].data()[0], first_number(model));
}

TEST_F(TheRunFolder, refuses_what_is_no_training_state) {
  run_.create();
  const Transformer model = model_of(1), wider = model_of(1, 8);
  Adam adam(reference_backend(), variables(model), {}), wider_adam(reference_backend(), variables(wider), {});
  save_parameters(run_.state_file(), model.store());
  EXPECT_EQ(message_of<CheckpointError>([&] { run_.load_state(model.store(), adam, nullptr); }),
            run_.state_file().string() + ": is no training state; remove it to begin the run anew");

  run_.save_state({}, wider.store(), wider_adam, nullptr);
  const std::string wrong =
      message_of<CheckpointError>([&] { run_.load_state(model.store(), adam, nullptr); });
  EXPECT_NE(wrong.find("is of shape [7, 8], the config asks for [7, 4]"), std::string::npos) << wrong;

  run_.save_state({}, model.store(), adam, nullptr);
  std::filesystem::resize_file(run_.state_file(), std::filesystem::file_size(run_.state_file()) - 1);
  EXPECT_THROW(run_.load_state(model.store(), adam, nullptr), CheckpointError);
  write_file(run_.state_file(), "");
  EXPECT_THROW(run_.read_state(), CheckpointError);
}

TEST_F(TheRunFolder, keeps_the_newest_checkpoints_and_forgets_those_ahead) {
  run_.create();
  const Transformer model = model_of(1);
  for (const Index update : {5, 10, 15, 20}) run_.save_checkpoint(update, model.store(), 3);
  EXPECT_EQ(names_of(run_.checkpoints()),
            "update-00000010.safetensors update-00000015.safetensors update-00000020.safetensors ");
  run_.forget_checkpoints_after(15);
  EXPECT_EQ(names_of(run_.checkpoints()), "update-00000010.safetensors update-00000015.safetensors ");
  run_.forget_checkpoints_after(0);
  EXPECT_EQ(names_of(run_.checkpoints()), "");
}

TEST_F(TheRunFolder, averages_checkpoints_number_by_number) {
  run_.create();
  const Transformer a = model_of(1), b = model_of(2), c = model_of(3), mean = model_of(4);
  run_.save_checkpoint(1, a.store(), 9);
  run_.save_checkpoint(2, b.store(), 9);
  run_.save_checkpoint(3, c.store(), 9);
  RunFolder::load_mean(run_.checkpoints(), mean.store());
  for (std::size_t p = 0; p < variables(mean).size(); ++p) {
    const auto at = [&](const Transformer& model, Index i) {
      return static_cast<double>(model.store().parameters()[p].variable.value().data()[i]);
    };
    for (Index i = 0; i < mean.store().parameters()[p].variable.value().count(); ++i)
      ASSERT_EQ(at(mean, i), static_cast<float>((at(a, i) + at(b, i) + at(c, i)) / 3));
  }
  EXPECT_THROW(RunFolder::load_mean({}, mean.store()), CheckpointError);
}

TEST_F(TheRunFolder, is_cleared_of_what_killed_runs_left) {
  run_.create();
  const auto partial = run_.path() / message("model.safetensors.", ::getpid(), ".partial");
  const auto deeper = run_.path() / "training" / message("state.safetensors.", ::getpid(), ".partial");
  write_file(partial, "half");
  write_file(deeper, "half");
  run_.create();
  EXPECT_FALSE(std::filesystem::exists(partial));
  EXPECT_FALSE(std::filesystem::exists(deeper));
}

TEST_F(TheRunFolder, says_why_it_cannot_be_made) {
  const RunFolder below_a_file(file("file", "x") / "run");
  EXPECT_NE(
      message_of<FileError>([&] { below_a_file.create(); }).find("cannot be made a folder: Not a directory"),
      std::string::npos);
}

}  // namespace
}  // namespace heed
