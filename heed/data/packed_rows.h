#pragma once
#include <vector>

#include "heed/data/dataset.h"

namespace heed {

/// The rows of a packed batch that lie at these places of its sequences, counted from 0 in each: `places` has
/// a sequence of them for each sequence of `tokens`. DataError for a place beyond its sequence.
std::vector<Index> packed_rows(const Column& places, const Column& tokens);

}  // namespace heed
