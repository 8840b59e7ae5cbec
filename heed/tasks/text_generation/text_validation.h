#pragma once
#include <memory>

#include "heed/data/token_windows.h"
#include "heed/model/language_model.h"
#include "heed/text/tokenizer.h"
#include "heed/training/validation.h"

namespace heed {

/// Held-out text in windows, each token but the first predicted once.
struct ValidationText {
  std::shared_ptr<const TokenWindows> windows;
  Index tokens = 0;  // that are predicted
  Index bytes = 0;   // of their text
};

struct TextValidationOptions {
  Index batch_tokens = 4096;
  Index samples = 3;
  bool eos = true;  // whether the text has any: else none is written
};

/// The mean cross-entropy of a predicted token, in nats.
double loss_per_token(const LanguageModel& model, Backend& backend, const TokenWindows& windows,
                      Index batch_tokens);

/// What a loss on a text (nats a predicted token) comes to: loss, perplexity, bits per byte.
Validation text_measures(double loss, const ValidationText& text);

/// Loss (nats a token), perplexity, bits per byte, and how the model goes on with the beginnings of some
/// windows. Of a model whose scores are not numbers, no measure is one.
Validation validate_text(const LanguageModel& model, Backend& backend, const Tokenizer& tokenizer,
                         const ValidationText& text, const TextValidationOptions& options);

}  // namespace heed
