#pragma once
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// Numbers of the sentences that are translated together, the longest first: as many as have `tokens` tokens
/// in all, or one that has more. Sentences of one length end at about the same step, so a batch stays full
/// until then.
std::vector<std::vector<std::size_t>> batches_by_length(const std::vector<std::vector<Index>>& sentences,
                                                        Index tokens);

}  // namespace heed
