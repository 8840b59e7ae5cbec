#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/metrics/bleu.h"
#include "heed/tasks/translation/translation_validation.h"

namespace heed {

/// By what translators are compared unless somebody says otherwise.
struct DecidingMeasure {
  std::string_view name = "bleu";
  std::string why;  // it is not BLEU; empty if it is
};

/// BLEU, or chrF on validation sets where BLEU can hardly change.
DecidingMeasure deciding_measure(const ValidationSet& set, BleuTokenization tokenization);

/// The measures that may decide, that one first.
std::vector<std::string_view> measures_to_decide_by(const DecidingMeasure& first);

}  // namespace heed
