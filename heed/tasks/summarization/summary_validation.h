#pragma once
#include "heed/tasks/text_pairs/validation_set.h"
#include "heed/training/validation.h"

namespace heed {

struct SummaryValidationOptions {
  Index beam = 1;
  Index samples = 3;
  Index batch_tokens = 4096;
  Index no_repeat_ngrams = 3;  // as summaries are written later
};

/// Loss and ROUGE of the summaries that a model writes for a validation set. Of a model whose scores are not
/// numbers, as one that diverges may have, no ROUGE is a number.
Validation validate_summaries(const EncoderDecoder& model, Backend& backend, const Tokenizers& tokenizers,
                              const ValidationSet& set, const SummaryValidationOptions& options);

}  // namespace heed
