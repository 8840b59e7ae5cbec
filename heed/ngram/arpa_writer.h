#pragma once
#include <iosfwd>

#include "heed/ngram/ngram_model.h"

namespace heed {

/// Writes the model in ARPA's format, which other programs read too: decimal logarithms in as many digits as
/// bring back the same numbers, n-grams in the order of the tree.
void write_arpa(std::ostream& out, const NgramModel& model);

}  // namespace heed
