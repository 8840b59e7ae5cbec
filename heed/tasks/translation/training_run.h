#pragma once
#include "heed/tasks/translation/translation_task.h"
#include "heed/training/run.h"

namespace heed {

/// Everything that a run from raw parallel text to a translator can be told.
struct RunOptions {
  CorpusOptions corpus;
  FilterOptions filters;
  StartOptions start;
  ModelOptions model;
  TokenizerConfig tokenizer;
  TrainingConfig training;
  ValidationMeasureOptions validation = {};
  ResetOptions reset = {};
};

/// Trains a translator on corpora that are not named by the options.
TrainingOutcome train_model(CorpusSources corpora, RunOptions options, const RunFolder& folder,
                            Backend& backend, TrainingObserver& observer,
                            const std::function<bool()>& interrupted);
/// The same with corpora in memory; they are used up.
TrainingOutcome train_model(Corpora corpora, RunOptions options, const RunFolder& folder, Backend& backend,
                            TrainingObserver& observer, const std::function<bool()>& interrupted);

}  // namespace heed
