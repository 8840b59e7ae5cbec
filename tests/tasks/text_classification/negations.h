#pragma once
#include "heed/corpus/labeled/labeled_text.h"
#include "heed/tasks/text_classification/text_classification_task.h"

namespace heed {

/// Whether a film is good depends on what "not" stands before, not on which words there are: each bag of
/// words occurs with either label. The pairs of words that are validated on are not those that are learned
/// from, so that nothing is gained by learning texts by heart.
inline LabeledTexts negations() {
  const std::vector<std::string> good{"good", "fine", "great", "fun", "warm", "wise"},
      bad{"bad", "dull", "slow", "weak", "cold", "dumb"};
  LabeledTexts texts{.training = {}, .validation = std::vector<LabeledText>()};
  for (std::size_t i = 0; i < good.size(); ++i)
    for (std::size_t j = 0; j < bad.size(); ++j) {
      const std::string &a = good[i], &b = bad[j];
      for (const LabeledText& text :
           {LabeledText{"yes", a + " , not " + b}, LabeledText{"no", "not " + a + " , " + b},
            LabeledText{"no", b + " , not " + a}, LabeledText{"yes", "not " + b + " , " + a}})
        ((i + j) % 3 == 0 ? *texts.validation : texts.training).push_back(text);
    }
  return texts;
}

/// A network and a run that learn them within a second.
inline TrainingOptions small_run(const std::string& architecture, Pooling pooling = Pooling::max) {
  TrainingOptions run = default_options(TextClassificationTask());
  run.model.architecture = architecture;
  run.model.set("pooling", pooling).set("width", 16).set("hidden", 32).set("dropout", 0);
  if (architecture == "transformer") run.model.set("heads", 2);
  run.training.batch_tokens = 64;
  run.training.epochs = 60;
  run.training.patience = 0;
  run.training.learning_rate = 5e-3;
  run.training.warmup = 20;
  return run;
}

/// A short one with everything that has a state: dropout of two kinds and a moving average.
inline TrainingOptions quick_run(const std::string& architecture = "transformer") {
  TrainingOptions run = small_run(architecture);
  run.model.set("dropout", 0.3);
  run.training.epochs = 2;
  return run;
}

inline TextClassificationOptions word_dropout_of(double share) {
  TextClassificationOptions options;
  options.texts.word_dropout = share;
  return options;
}

}  // namespace heed
