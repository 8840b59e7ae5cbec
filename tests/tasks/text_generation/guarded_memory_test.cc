#include "heed/backend/reference/reference_backend.h"
#include "heed/model/decoder_only_config.h"
#include "heed/service/generator.h"
#include "heed/service/inspection.h"
#include "tests/support/guarded_backend.h"
#include "tests/tasks/text_generation/tiny_text_run.h"

namespace heed {
namespace {

/// Everything that a run of a language model does, on memory that only kernels can access.
class GuardedText : public WithFolder, public testing::WithParamInterface<std::string> {
 protected:
  GuardedText() {
    if (GetParam() == "gpt2")
      run_.run.model.set("positions", PositionKind::learned)
          .set("norm_kind", NormKind::layer)
          .set("biases", true);
    if (GetParam() == "llama")
      run_.run.model.set("feed_forward", FeedForwardKind::swiglu)
          .set("key_value_heads", Index{1})
          .set("tied_output", false);
  }
  std::string bytes(const std::string& name) const { return model_bytes(run_.folder(name)); }

  GuardedBackend guarded_;
  TinyTextRun run_{folder_};
};

INSTANTIATE_TEST_SUITE_P(Shapes, GuardedText, testing::Values("gpt2", "llama"),
                         [](const auto& test) { return test.param; });

TEST_P(GuardedText, trains_and_resumes_to_the_bytes_that_training_in_host_memory_gives) {
  run_.train("there", 4, guarded_);
  run_.train("there", -1, guarded_);
  run_.train("here", -1, reference_backend());
  EXPECT_EQ(bytes("there"), bytes("here"));
}

TEST_P(GuardedText, writes_and_scores_alike_with_prepacked_weights) {
  run_.train("model", -1, reference_backend());
  const Generator there(run_.folder(), guarded_), here(run_.folder(), reference_backend());
  for (const GenerationConfig& config :
       {GenerationConfig{.max_tokens = 30, .repetition_penalty = 1.2, .slide = true},
        GenerationConfig{.max_tokens = 8, .beam = 3}})
    EXPECT_EQ(there.generate("to be", config).front().text, here.generate("to be", config).front().text);
  EXPECT_EQ(there.score("to be or not to be, and so on.").log_probability,
            here.score("to be or not to be, and so on.").log_probability);
  EXPECT_EQ(inspect(there, "to be", {}).layers.size(), 2u);
}

}  // namespace
}  // namespace heed
