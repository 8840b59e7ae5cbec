#pragma once
#include "heed/base/inherited_fields.h"
#include "heed/metrics/bleu.h"
#include "heed/tasks/text_pairs/validation_search.h"

namespace heed {

/// How a translator is validated: how its translations of the validation set are searched for, and measured.
struct ValidationMeasureOptions : ValidationSearch {
  BleuTokenization bleu_tokenization = BleuTokenization::mteval_13a;

  static constexpr auto fields() {
    return std::tuple_cat(
        inherited_fields<ValidationMeasureOptions, ValidationSearch>(),
        std::tuple(field("bleu_tokenization", &ValidationMeasureOptions::bleu_tokenization,
                         "tokenization of BLEU, as sacreBLEU's: zh for Chinese, char for other text without "
                         "spaces between words, ja-mecab for Japanese where MeCab is installed")));
  }
};

}  // namespace heed
