#pragma once
#include <span>
#include <string>

#include "heed/metrics/segments.h"

namespace heed {

struct ExactMatchOptions {
  bool lowercase = false;
};

struct ExactMatchScore {
  double score = 0;  // percent
  Index matches = 0, segments = 0;
  ExactMatchOptions options;
  Index reference_count = 1;

  std::string name() const { return "exact"; }
  /// "exact = 95.00 (950 of 1000)"
  std::string text(int decimals = 2) const;
  /// "(950 of 1000)"
  std::string details() const;
  /// "nrefs:1|case:mixed|version:heed-0.1.0"
  std::string signature() const;
};

/// The share of hypotheses that equal one of their references, white space at the end apart.
ExactMatchScore exact_match(std::span<const std::string> hypotheses, const References& references,
                            const ExactMatchOptions& options = {});

}  // namespace heed
