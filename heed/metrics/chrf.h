#pragma once
#include <span>
#include <string>

#include "heed/metrics/segments.h"

namespace heed {

struct ChrfOptions {
  Index character_order = 6;
  /// 0 is chrF, 2 is chrF++.
  Index word_order = 0;
  /// How many times as much recall counts as precision.
  Index beta = 2;
  bool lowercase = false;
  /// Whether white space takes part in character n-grams.
  bool whitespace = false;
  /// Counts orders without n-grams as almost zero, as chrF++.py, Moses and NLTK do, instead of leaving them
  /// out.
  bool epsilon_smoothing = false;
};

/// The settings of chrF++ (Popović, 2017).
inline constexpr ChrfOptions chrf_plus_plus{.word_order = 2};

/// chrF as sacreBLEU reports it.
struct ChrfScore {
  double score = 0;  // 0 to 100
  ChrfOptions options;
  Index reference_count = 1;

  /// "chrF2", "chrF2++"
  std::string name() const;
  /// "chrF2 = 51.95"
  std::string text(int decimals = 2) const;
  std::string details() const { return ""; }
  /// "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:heed-0.1.0"
  std::string signature() const;
};

/// chrF of a corpus (Popović, 2015), equal to sacreBLEU's: of several references, a segment counts with the
/// one that it is most like.
ChrfScore chrf(std::span<const std::string> hypotheses, const References& references,
               const ChrfOptions& options = {});

}  // namespace heed
