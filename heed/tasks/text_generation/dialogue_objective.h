#pragma once
#include <memory>

#include "heed/dialogues/dialogue_examples.h"
#include "heed/model/language_model.h"
#include "heed/text/tokenizer.h"
#include "heed/training/objective.h"
#include "heed/training/trainer.h"

namespace heed {

/// Held-out dialogues, as turns and as examples.
struct ValidationDialogues {
  std::vector<Dialogue> dialogues;
  DialogueExamples examples;
  Index context = 0;
};

/// To give the responses of dialogues: loss, perplexity, the share that is exactly right, and samples. All of
/// it must outlive the objective.
std::unique_ptr<Objective> dialogue_objective(const LanguageModel& model, const Tokenizer& tokenizer,
                                              const ValidationDialogues& validation,
                                              const TrainingConfig& training);

}  // namespace heed
