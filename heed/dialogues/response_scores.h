#pragma once
#include "heed/data/batches.h"
#include "heed/model/language_model.h"

namespace heed {

/// The cross-entropy of the responses of a batch of DialogueExamples, summed over their tokens, in nats: what
/// others say is read and not learned.
Variable response_loss(const LanguageModel& model, Pass& pass, const Batch& batch, float label_smoothing = 0);

/// How well a model gives the responses of dialogues.
struct ResponseScores {
  double loss = 0;                             // of all tokens, in nats
  Index tokens = 0, responses = 0, right = 0;  // right: exactly

  double loss_per_token() const { return loss / static_cast<double>(tokens); }
  double exact_match() const { return 100 * static_cast<double>(right) / static_cast<double>(responses); }
};

/// A response is right if each of its tokens and the EOS behind it is the likeliest after those before it:
/// then it is what a model writes that always takes the likeliest token, so that none has to be written to
/// know. With an unknown token in it a response is never right.
ResponseScores score_responses(const LanguageModel& model, Backend& backend, const Dataset& dialogues,
                               Index batch_tokens);

}  // namespace heed
