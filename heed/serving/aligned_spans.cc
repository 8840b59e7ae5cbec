#include "heed/serving/aligned_spans.h"

#include <algorithm>

namespace heed {

SpanLinks aligned_spans(const TokenLinks& links) {
  SpanLinks spans;
  for (const auto& [target, source] : links)
    if (target.begin < target.end && source.begin < source.end) spans.push_back({target, source});
  std::ranges::stable_sort(spans, {}, [](const SpanLink& link) { return link.target.begin; });
  return spans;
}

}  // namespace heed
