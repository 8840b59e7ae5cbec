#pragma once
#include <memory>

#include "heed/data/masked_chunks.h"
#include "heed/model/masked_language_model.h"
#include "heed/text/tokenizer.h"
#include "heed/training/validation.h"

namespace heed {

struct FillMaskValidationOptions {
  Index samples = 3;
  Index batch_tokens = 4096;
};

/// How well a model fills in what is masked in the first epoch of some chunks, at least one: the mean
/// cross-entropy of a token in nats, e to its power, and the percent of tokens that it finds the likeliest of
/// all. Samples are texts with masks, what it would fill in, and what stood there. Of a model whose scores
/// are not numbers, no measure is one.
Validation validate_fill_mask(const MaskedLanguageModel& model, Backend& backend, const Tokenizer& tokenizer,
                              const MaskedChunks& chunks, const FillMaskValidationOptions& options = {});

}  // namespace heed
