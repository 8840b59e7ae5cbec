#pragma once
#include "heed/base/settings.h"
#include "heed/corpus/corpus_options.h"
#include "heed/corpus/filters/filter_options.h"
#include "heed/corpus/pair_source.h"
#include "heed/model/model_options.h"
#include "heed/text/tokenizers.h"
#include "heed/training/fine_tuning.h"
#include "heed/training/trainer.h"

namespace heed {

/// Everything that a run from raw text to a model can be told.
struct RunOptions {
  CorpusOptions corpus;
  FilterOptions filters;
  StartOptions start;
  ModelOptions model;
  TokenizerConfig tokenizer;
  TrainingConfig training;

  /// All of it as one flat list; it refers to this object.
  Settings settings() { return settings_of(corpus, filters, start, model, tokenizer, training); }
};

/// Raw text in, a model's folder out: trains the tokenizers (or takes those of the run that goes on),
/// tokenizes into the folder (or takes what lies there), trains, and writes the model's card.
TrainingOutcome train_model(CorpusSources corpora, RunOptions options, const RunFolder& folder,
                            Backend& backend, TrainingObserver& observer,
                            const std::function<bool()>& interrupted);
/// The same with corpora in memory; they are used up.
TrainingOutcome train_model(Corpora corpora, RunOptions options, const RunFolder& folder, Backend& backend,
                            TrainingObserver& observer, const std::function<bool()>& interrupted);

}  // namespace heed
