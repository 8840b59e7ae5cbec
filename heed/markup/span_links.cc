#include "heed/markup/span_links.h"

#include <algorithm>

#include "heed/markup/text_units.h"

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

SpanLinks links_in_order(std::string_view source, std::string_view translation) {
  const std::vector<TextSpan> from = text_units(source), to = text_units(translation);
  SpanLinks links;
  for (std::size_t i = 0; i < to.size() && !from.empty(); ++i)
    links.push_back({to[i], from[i * from.size() / to.size()]});
  return links;
}

}  // namespace heed
