#pragma once
#include "heed/corpus/text_documents.h"
#include "heed/data/masked_chunks.h"
#include "heed/tasks/running_text/running_text_options.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// What of a text is masked while a model learns to fill it in.
struct MaskingOptions {
  MaskUnit unit = MaskUnit::words;
  double share = 0.15;

  static constexpr std::string_view title = "Masks";
  static constexpr auto fields() {
    return std::tuple(field("mask", &MaskingOptions::unit,
                            "what is masked as one: words, all pieces of them, or each token by itself"),
                      field("mask_rate", &MaskingOptions::share, "share of the tokens that are to be guessed",
                            {0.01, 0.9}));
  }
};

/// What a run that learns to fill in masked tokens can be told besides what every run can.
struct FillMaskOptions {
  RunningTextOptions text;
  DocumentOptions documents;
  MaskingOptions masks;
  TokenizerConfig tokenizer;
};

}  // namespace heed
