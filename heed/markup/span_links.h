#pragma once
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// Bytes of a translation, and the bytes of its source that they were made from.
struct SpanLink {
  TextSpan target, source;
  bool operator==(const SpanLink&) const = default;
};

/// In the order of the target. Parts of a translation may have none.
using SpanLinks = std::vector<SpanLink>;

/// Links of a translation of a translation to the first source: `second` leads from the last to the pivot,
/// `first` from there to the source.
SpanLinks through(const SpanLinks& second, const SpanLinks& first);

/// Bytes that two spans have in common.
Index overlap(const TextSpan& a, const TextSpan& b);

}  // namespace heed
