#pragma once
#include <algorithm>

#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// A side that is mostly punctuation and symbols: tables, rulers, markup. Short texts may be anything.
class FewLetters final : public PairFilter {
 public:
  /// The largest share of characters, white space aside, that may be neither letters nor digits.
  explicit FewLetters(double most_symbols) : most_symbols_(most_symbols) {}

  FilterInfo info() const override {
    return {"symbols", "a side is mostly neither letters nor digits",
            "Left-overs of tables, rulers or markup. Raise filter_max_symbols if such texts are to be "
            "translated."};
  }

  Finding judge(const ExaminedPair& pair) override {
    return mostly_symbols(pair.source.profile) || mostly_symbols(pair.target.profile) ? Finding::wrong
                                                                                      : Finding::nothing;
  }

 private:
  bool mostly_symbols(const TextProfile& profile) const {
    constexpr Index short_text = 10;
    const Index all = profile.letters + profile.digits + profile.symbols;
    return all > short_text &&
           static_cast<double>(profile.symbols) > most_symbols_ * static_cast<double>(all);
  }

  double most_symbols_;
};

}  // namespace heed
