#include "heed/backend/reference/reference_backend.h"
#include "heed/model/recurrent_config.h"
#include "heed/service/translator.h"
#include "tests/support/guarded_backend.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

/// Everything that a training run does, on memory that only kernels can access: updates, validation with loss
/// and beam search, divergence checks, averages, states, the final model.
struct Kind {
  std::string name, architecture;
  std::optional<RecurrentAttention> attention = {};
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

class GuardedMemory : public WithFolder, public testing::WithParamInterface<Kind> {
 protected:
  RunOptions options() const {
    RunOptions options = tiny_options();
    options.model.architecture = GetParam().architecture;
    if (GetParam().attention) {
      options.model.set("hidden", Index{16}).set("attention", *GetParam().attention);
      options.model.unset("heads");
    }
    return options;
  }

  TrainingOutcome train(Backend& backend, const std::filesystem::path& folder, Index stop_at = -1) const {
    Witness witness;
    return train_model(tiny_corpora(), options(), RunFolder(folder), backend, witness,
                       [&] { return !witness.updates.empty() && witness.updates.back().update == stop_at; });
  }

  GuardedBackend guarded_;
  const std::filesystem::path there_ = folder_ / "there", here_ = folder_ / "here";
};

INSTANTIATE_TEST_SUITE_P(Architectures, GuardedMemory,
                         testing::Values(Kind{"transformer", "transformer"},
                                         Kind{"rnn", "rnn", RecurrentAttention::none},
                                         Kind{"rnn_luong", "rnn", RecurrentAttention::luong},
                                         Kind{"gru", "gru", RecurrentAttention::none},
                                         Kind{"gru_bahdanau", "gru", RecurrentAttention::bahdanau},
                                         Kind{"lstm", "lstm", RecurrentAttention::none},
                                         Kind{"lstm_luong", "lstm", RecurrentAttention::luong},
                                         Kind{"lstm_bahdanau", "lstm", RecurrentAttention::bahdanau}),
                         [](const auto& test) { return test.param.name; });

TEST_P(GuardedMemory, trains_to_the_bytes_that_training_in_host_memory_gives) {
  train(guarded_, there_);
  train(reference_backend(), here_);
  EXPECT_EQ(model_bytes(there_), model_bytes(here_));
}

TEST_P(GuardedMemory, resumes_to_the_same_bytes) {
  train(guarded_, there_, 4);
  train(guarded_, there_);
  train(reference_backend(), here_);
  EXPECT_EQ(model_bytes(there_), model_bytes(here_));
}

TEST_P(GuardedMemory, translates_and_scores_alike_with_prepacked_weights) {
  train(reference_backend(), here_);
  const Translator there(here_, guarded_), here(here_, reference_backend());
  const std::vector<std::string> lines{"a b c", "d e", "f"}, targets{"C B A", "E D", "F"};
  DecodingConfig beam, sampling;
  beam.n_best = 2;
  sampling.sample = true;
  for (const DecodingConfig& config : {beam, sampling}) {
    const auto found = there.translate(lines, config), wanted = here.translate(lines, config);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      EXPECT_EQ(found[i].translations[0].text, wanted[i].translations[0].text);
      EXPECT_EQ(found[i].translations[0].score, wanted[i].translations[0].score);
    }
  }
  EXPECT_EQ(there.score(lines, targets), here.score(lines, targets));
}

}  // namespace
}  // namespace heed
