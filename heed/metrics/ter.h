#pragma once
#include <span>
#include <string>

#include "heed/metrics/segments.h"
#include "heed/metrics/tercom_tokenizer.h"

namespace heed {

/// TER as sacreBLEU reports it.
struct TerScore {
  double score = 0;  // edits for 100 reference words; may be above 100
  Index edits = 0;
  double reference_length = 0;  // of several references, the mean
  TerOptions options;
  Index reference_count = 1;

  std::string name() const { return "TER"; }
  /// "TER = 63.34"
  std::string text(int decimals = 2) const;
  std::string details() const { return ""; }
  /// "nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:heed-0.1.0"
  std::string signature() const;
};

/// Translation edit rate of a corpus (Snover et al., 2006), equal to sacreBLEU's: edits and shifts of words,
/// to the closest reference.
TerScore ter(std::span<const std::string> hypotheses, const References& references,
             const TerOptions& options = {});

}  // namespace heed
