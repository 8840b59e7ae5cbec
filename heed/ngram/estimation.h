#pragma once
#include <array>
#include <vector>

#include "heed/ngram/ngram_counter.h"
#include "heed/ngram/ngram_model.h"

namespace heed {

/// What is taken off the counts of one order: off 1, off 2, and off 3 and more.
struct Discounts {
  std::array<double, 3> amounts{};
  bool guessed = false;  // 0.5, 1 and 1.5, since the counts of counts do not give any

  double of(double count) const {
    return count <= 0 ? 0 : amounts[count >= 3 ? 2 : static_cast<std::size_t>(count) - 1];
  }
};

struct KneserNeyModel {
  NgramModel model;
  std::vector<Discounts> discounts;  // of each order
};

/// Interpolated modified Kneser-Ney smoothing (Chen & Goodman, "An empirical study of smoothing techniques
/// for language modeling", 1999, section 3): below the highest order an n-gram counts as often as there are
/// different words in front of it, except where a sentence begins. What is left over at the lowest order is
/// shared among all words, unknown ones too. DataError where counts are not whole numbers, or none are there.
KneserNeyModel kneser_ney(CountedNgrams counted);

/// The shares of the counts as they are (maximum likelihood): what was not seen is impossible. With a context
/// that was never seen, that of its shorter end holds.
NgramModel unsmoothed(CountedNgrams counted);

}  // namespace heed
