#pragma once
#include <string>
#include <vector>

#include "heed/data/batches.h"
#include "heed/data/examples.h"
#include "heed/decoding/translate.h"
#include "heed/metrics/bleu.h"
#include "heed/model/encoder_decoder.h"
#include "heed/tasks/text_pairs/validation_set.h"
#include "heed/tasks/translation/length_buckets.h"
#include "heed/text/tokenizers.h"
#include "heed/training/validation.h"

namespace heed {

struct SampleTranslation {
  std::string source, reference, translation;
};

/// How well a model translates a validation set.
struct TranslationQuality {
  double loss = 0;  // nats a token, without label smoothing
  double perplexity = 0, bleu = 0, chrf = 0;
  BleuTokenization bleu_tokenization = BleuTokenization::mteval_13a;
  double exact_match = 0;  // percent of sentences translated exactly as their reference
  double translation_seconds = 0;
  std::vector<SampleTranslation> samples;
  std::vector<TranslationBucket> by_length;  // the shortest first

  /// For the trainer, its logs and pages.
  Validation validation() const;
};

struct ValidationOptions {
  Index beam = 1;
  Index samples = 3;
  Index batch_tokens = 4096;
  double length_penalty = 0.6;
  BleuTokenization bleu_tokenization = BleuTokenization::mteval_13a;
};

/// Of a model whose scores are not numbers, as one that diverges may have, no measure is a number.
TranslationQuality validate(const EncoderDecoder& model, Backend& backend, const Tokenizers& tokenizers,
                            const ValidationSet& set, const ValidationOptions& options);

}  // namespace heed
