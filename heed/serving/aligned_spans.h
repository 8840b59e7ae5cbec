#pragma once
#include "heed/alignment/word_alignment.h"
#include "heed/markup/span_links.h"

namespace heed {

/// What attention says of the tokens of a translation, as markup takes it: in the order of the target,
/// without tokens that no text was made from or that add none.
SpanLinks aligned_spans(const TokenLinks& links);

}  // namespace heed
