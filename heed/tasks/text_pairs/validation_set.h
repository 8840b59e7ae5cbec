#pragma once
#include <vector>

#include "heed/corpus/parallel_corpus.h"
#include "heed/data/batches.h"
#include "heed/data/examples.h"
#include "heed/data/tokenize.h"
#include "heed/model/encoder_decoder.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// Held-out pairs: as text, and tokenized.
struct ValidationSet {
  std::vector<TextPair> pairs;
  Examples examples;  // of the same number
};

/// Pairs with their tokens; those with more than max_length on either side are left out, unless their sources
/// are cut to be shorter.
ValidationSet make_validation_set(std::vector<TextPair> pairs, const Tokenizers& tokenizers,
                                  const LengthLimits& limits);
ValidationSet make_validation_set(std::vector<TextPair> pairs, const Tokenizers& tokenizers,
                                  Index max_length);

/// The sources of a set as token ids, each with EOS.
std::vector<std::vector<Index>> sources_of(const ValidationSet& set);

/// The mean cross-entropy of a target token, in nats.
double loss_per_token(const EncoderDecoder& model, Backend& backend, const Examples& examples,
                      Index batch_tokens);

}  // namespace heed
