#include "heed/markup/span_links.h"

#include <algorithm>

namespace heed {

Index overlap(const TextSpan& a, const TextSpan& b) {
  return std::max<Index>(std::min(a.end, b.end) - std::max(a.begin, b.begin), 0);
}

SpanLinks through(const SpanLinks& second, const SpanLinks& first) {
  SpanLinks links;
  for (const SpanLink& link : second) {
    const SpanLink* best = nullptr;
    for (const SpanLink& onward : first)
      if (const Index common = overlap(onward.target, link.source);
          common > 0 && (best == nullptr || common > overlap(best->target, link.source)))
        best = &onward;
    if (best != nullptr) links.push_back({link.target, best->source});
  }
  return links;
}

}  // namespace heed
