#pragma once
#include <span>
#include <string>
#include <vector>

#include "heed/base/index.h"
#include "heed/metrics/bleu.h"

namespace heed {

/// How well sentences of about the same length are translated.
struct TranslationBucket {
  Index from = 0, to = 0;  // source tokens, both ends included
  Index sentences = 0;
  double bleu = 0, chrf = 0;
};

/// Scores by the length of the source: up to five groups of about as many sentences, at least 20 each unless
/// there are fewer in all. Sentences of one length stay together, so a validation set always has the same
/// groups. Entry i of each is about sentence i.
std::vector<TranslationBucket> scores_by_length(std::span<const Index> source_lengths,
                                                std::span<const std::string> translations,
                                                std::span<const std::string> references,
                                                const BleuOptions& options = {});

}  // namespace heed
