#pragma once
#include <cstdint>

#include "heed/corpus/text_documents.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// How much of a text a tokenizer is learned from.
struct TextSample {
  Index bytes = 64 << 20;  // at most; drawn from all of the text by the seed
  std::uint64_t seed = 1;
};

/// The tokenizer of a language model, learned from its text: characters from all of it, pieces and words from
/// a sample. Its notes say if that is not the whole; what is read and left out is added to the report.
/// ConfigError as of train_tokenizers, DataError if the text holds nothing to learn from.
Tokenizers learn_tokenizer(const TextDocuments& documents, const TokenizerConfig& config,
                           DocumentReport& report, const TextSample& sample = {});

}  // namespace heed
