#pragma once
#include "heed/base/fields.h"
#include "heed/metrics/bleu.h"

namespace heed {

/// How a translator is validated: how its translations of the validation set are searched for, and measured.
struct ValidationMeasureOptions {
  Index validation_beam = 1;
  BleuTokenization bleu_tokenization = BleuTokenization::mteval_13a;

  static constexpr std::string_view title = "Validation";
  static constexpr auto fields() {
    return std::tuple(
        field("validation_beam", &ValidationMeasureOptions::validation_beam, "beam size for validation",
              {1, 64}),
        field("bleu_tokenization", &ValidationMeasureOptions::bleu_tokenization,
              "tokenization of BLEU, as sacreBLEU's: zh for Chinese, char for other text without "
              "spaces between words, ja-mecab for Japanese where MeCab is installed"));
  }
};

}  // namespace heed
