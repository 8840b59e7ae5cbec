#pragma once
#include <vector>

#include "heed/markup/span_links.h"

namespace heed {

/// An element within a text: what it encloses, and in which other element it lies.
struct InlineElement {
  TextSpan span;      // of the source; empty: it encloses nothing
  Index parent = -1;  // the number of another element, which comes before it; -1: none
  bool operator==(const InlineElement&) const = default;
};

/// Where elements of a source lie in its translation. `units` are the parts of the translation that elements
/// may begin and end at, in their order, `links` those of the translation to the source. Elements come
/// parents first, in the order of their beginnings; each lies within its parent, and apart from its siblings,
/// there as here. An element takes the run of units in which most were made from what it enclosed; one that
/// encloses nothing stands before what was made from what stood behind it.
std::vector<TextSpan> projected_elements(const std::vector<InlineElement>& elements,
                                         const std::vector<TextSpan>& units, const SpanLinks& links,
                                         Index translation_bytes);

}  // namespace heed
