#pragma once
#include <span>
#include <vector>

#include "heed/metrics/ngrams.h"

namespace heed {

/// The edits that turn a hypothesis into a reference when moving a run of words counts as one edit: tercom's
/// greedy search (Snover et al., 2006), with the limits and the order of preferences that sacreBLEU gives it.
Index translation_edits(std::span<const Token> hypothesis, std::span<const Token> reference);

}  // namespace heed
