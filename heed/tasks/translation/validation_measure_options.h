#pragma once
#include "heed/base/fields.h"
#include "heed/metrics/bleu.h"

namespace heed {

/// How translations of the validation set are measured.
struct ValidationMeasureOptions {
  BleuTokenization bleu_tokenization = BleuTokenization::mteval_13a;

  static constexpr std::string_view title = "Validation";
  static constexpr auto fields() {
    return std::tuple(
        field("bleu_tokenization", &ValidationMeasureOptions::bleu_tokenization,
              "tokenization of BLEU, as sacreBLEU's: zh for Chinese, char for other text without "
              "spaces between words, ja-mecab for Japanese where MeCab is installed"));
  }
};

}  // namespace heed
