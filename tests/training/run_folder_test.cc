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

TEST_F(TheRunFolder, keeps_the_newest_checkpoints_and_forgets_those_ahead) {
  run_.create();
  const Transformer model = model_of(1);
  for (const Index update : {5, 10, 15, 20}) run_.save_weights(update, model.store(), 3);
  EXPECT_EQ(names_of(run_.saved_weights()),
            "update-00000010.safetensors update-00000015.safetensors update-00000020.safetensors ");
  run_.forget_weights_after(15);
  EXPECT_EQ(names_of(run_.saved_weights()), "update-00000010.safetensors update-00000015.safetensors ");
  run_.forget_weights_after(0);
  EXPECT_EQ(names_of(run_.saved_weights()), "");
}

TEST_F(TheRunFolder, averages_checkpoints_number_by_number) {
  run_.create();
  const Transformer a = model_of(1), b = model_of(2), c = model_of(3), mean = model_of(4);
  run_.save_weights(1, a.store(), 9);
  run_.save_weights(2, b.store(), 9);
  run_.save_weights(3, c.store(), 9);
  RunFolder::load_mean(run_.saved_weights(), mean.store());
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
  run_.clear();
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
