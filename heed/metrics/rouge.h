#pragma once
#include <span>
#include <string>

#include "heed/metrics/segments.h"

namespace heed {

struct RougeOptions {
  bool stem = false;  // English words of more than three letters are compared by their stems
};

/// The F-measures of ROUGE (Lin, 2004), means over the segments, from 0 to 100.
struct RougeScores {
  double rouge_1 = 0, rouge_2 = 0, rouge_l = 0;
  RougeOptions options = {};
  Index reference_count = 1;

  /// "nrefs:1|stem:no|version:heed-0.1.0"
  std::string signature() const;
};

/// Overlap of words, of pairs of words, and of the longest common subsequence, equal to rouge-score 0.1.2:
/// words are ASCII letters and digits in lower case. Of several references, a segment counts with the best
/// for each measure.
RougeScores rouge(std::span<const std::string> hypotheses, const References& references,
                  const RougeOptions& options = {});

}  // namespace heed
