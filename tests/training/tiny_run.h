#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/files.h"
#include "heed/base/random.h"
#include "heed/tasks/translation/training_run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/training_witness.h"

namespace heed {

/// A language whose words are those of another, in capitals and backwards: "a c b" is "B C A".
inline ParallelCorpus reversed_letters(Index count, std::uint64_t seed) {
  ParallelCorpus corpus;
  Random random(seed);
  for (Index i = 0; i < count; ++i) {
    TextPair pair;
    for (std::uint32_t left = 2 + random.below(4); left > 0; --left) {
      const char letter = static_cast<char>('a' + random.below(6));
      pair.source += (pair.source.empty() ? "" : " ") + std::string(1, letter);
      pair.target = std::string(1, static_cast<char>(letter - 'a' + 'A')) + (pair.target.empty() ? "" : " ") +
                    pair.target;
    }
    corpus.pairs.push_back(std::move(pair));
  }
  corpus.report.read = corpus.report.kept = count;
  return corpus;
}

inline Corpora tiny_corpora() {
  return {.training = reversed_letters(120, 1), .validation = reversed_letters(8, 2)};
}

/// A run of a few milliseconds with everything that has a state: dropout, accumulation, both averages. An
/// epoch is some five updates.
inline RunOptions tiny_options() {
  RunOptions options;
  options.tokenizer.kind = TokenizerKind::whitespace;
  options.model.set("width", 16).set("hidden", 32).set("heads", 2);
  options.model.set("encoder_layers", 1).set("decoder_layers", 1).set("dropout", 0.1);
  options.corpus.length_bucket = 2;
  // So few words make the same pair more than once, in the validation set too, and the same backwards.
  options.filters.repeats = options.filters.overlap = options.filters.copies = FilterAction::off;
  TrainingConfig& training = options.training;
  training.batch_tokens = 60, training.gradient_accumulation = 2;
  training.updates = 8, training.warmup = 2, training.learning_rate = 0.01;
  training.validate_every = 3, training.metric = "loss";
  training.average_checkpoints = 3, training.moving_average = 0.5;
  training.samples = 1;
  return options;
}

/// Trains in a folder; stops after update `stop_at`, if that is reached.
inline TrainingOutcome train_tiny(const std::filesystem::path& folder, const RunOptions& options,
                                  Witness& witness, Index stop_at = -1) {
  return train_model(tiny_corpora(), options, RunFolder(folder), cpu_backend(), witness,
                     witness.stops_after(stop_at));
}

inline TrainingOutcome train_tiny(const std::filesystem::path& folder, const RunOptions& options,
                                  Index stop_at = -1) {
  Witness witness;
  return train_tiny(folder, options, witness, stop_at);
}

/// Trains in a folder, and ends without saving right after an update.
inline void train_tiny_killed_after(Index update, const std::filesystem::path& folder,
                                    const RunOptions& options) {
  Witness witness;
  witness.kill_after(update);
  EXPECT_THROW(train_tiny(folder, options, witness), Killed);
}

/// The names of the saved states in a run's folder, in their order.
inline std::string state_names(const std::filesystem::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "training"))
    if (entry.path().filename().string().starts_with("state")) found.push_back(entry.path().filename());
  std::sort(found.begin(), found.end());
  std::string names;
  for (const std::string& name : found) names += name + ' ';
  return names;
}

}  // namespace heed
