#pragma once
#include <string_view>
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

/// Links by nothing but the order of words: for translators that do not say what they made words from.
SpanLinks links_in_order(std::string_view source, std::string_view translation);

/// Bytes that two spans have in common.
Index overlap(const TextSpan& a, const TextSpan& b);

}  // namespace heed
