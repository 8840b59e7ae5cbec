#include "heed/markup/element_projection.h"

#include <algorithm>

namespace heed {
namespace {

/// A run of units, from `begin` up to `end`.
struct Run {
  std::size_t begin = 0, end = 0;
  bool behind = false;  // of an empty one: it stands behind the unit before it
};

class Projection {
 public:
  Projection(const std::vector<InlineElement>& elements, const std::vector<TextSpan>& units,
             const SpanLinks& links)
      : elements_(elements),
        units_(units),
        runs_(elements.size()),
        spans_(elements.size()),
        children_(elements.size() + 1),
        sources_(units.size(), -1) {
    for (std::size_t e = 0; e < elements.size(); ++e)
      children_[static_cast<std::size_t>(elements[e].parent + 1)].push_back(e);
    // A link that ends in a word says what it was made from; one that begins before it may begin with a
    // space.
    for (std::size_t u = 0; u < units.size(); ++u) {
      Index most = 0;
      for (auto link = first_link(links, units[u]); link != links.end() && link->target.begin < units[u].end;
           ++link)
        if (const Index common = overlap(link->target, units[u]); common > most && link->source.end > 0)
          most = common, sources_[u] = link->source.end - 1;
    }
  }

  std::vector<TextSpan> spans(Index translation_bytes) {
    place_children(0, {0, units_.size()}, {0, translation_bytes});
    return spans_;
  }

 private:
  static SpanLinks::const_iterator first_link(const SpanLinks& links, const TextSpan& unit) {
    // Those that begin before a unit may reach into it; a few back is far enough, for tokens are short.
    auto link = std::lower_bound(links.begin(), links.end(), unit.begin,
                                 [](const SpanLink& l, Index begin) { return l.target.begin < begin; });
    for (int back = 0; back < 4 && link != links.begin(); ++back) --link;
    return link;
  }

  bool belongs(std::size_t unit, const TextSpan& span) const {
    return sources_[unit] >= span.begin && sources_[unit] < span.end;
  }

  /// Places the children of an element (by its number plus 1) within its run and span.
  void place_children(std::size_t parent, Run within, TextSpan span) {
    std::vector<bool> taken(within.end - within.begin, false);
    // Those that are seen best choose first, so that what is left decides for the others.
    std::vector<std::pair<Index, std::size_t>> order;
    for (const std::size_t e : children_[parent]) order.emplace_back(-hits(e, within), e);
    std::stable_sort(order.begin(), order.end());
    for (const auto& [missing, e] : order) {
      runs_[e] = elements_[e].span.begin < elements_[e].span.end ? best_run(e, within, taken) : Run{};
      if (runs_[e].begin == runs_[e].end) runs_[e] = empty_run(e, within);
      for (std::size_t u = runs_[e].begin; u < runs_[e].end; ++u) taken[u - within.begin] = true;
      spans_[e] = span_of(runs_[e], within, span);
      place_children(e + 1, runs_[e], spans_[e]);
    }
  }

  TextSpan span_of(Run run, Run within, TextSpan parent) const {
    if (run.begin < run.end) return {units_[run.begin].begin, units_[run.end - 1].end};
    Index at = parent.end;
    if (run.begin < within.end) at = units_[run.begin].begin;
    const bool behind = run.behind || run.begin == within.end;
    if (behind && within.begin < run.begin) at = units_[run.begin - 1].end;
    return {at, at};
  }

  Index hits(std::size_t e, Run within) const {
    Index count = 0;
    for (std::size_t u = within.begin; u < within.end; ++u) count += belongs(u, elements_[e].span) ? 1 : 0;
    return count;
  }

  /// The run with the most units of the element over those that are not; units of no known origin count for
  /// nothing.
  Run best_run(std::size_t e, Run within, const std::vector<bool>& taken) const {
    Run best;
    Index most = 0, sum = 0;
    std::size_t begin = within.begin;
    for (std::size_t u = within.begin; u < within.end; ++u) {
      if (taken[u - within.begin]) {
        sum = 0, begin = u + 1;
        continue;
      }
      const bool own = belongs(u, elements_[e].span);
      sum += own ? 1 : sources_[u] < 0 ? 0 : -1;
      if (sum <= 0 && !own) sum = 0, begin = u + 1;
      if (sum > most) most = sum, best = {begin, u + 1};
    }
    return best;
  }

  /// Before the unit that was made from what stands next behind the element; else behind the one before it.
  Run empty_run(std::size_t e, Run within) const {
    const Index place = elements_[e].span.begin;
    std::size_t before = within.end, behind = within.begin;
    Index nearest_behind = -1, nearest_before = -1;
    for (std::size_t u = within.begin; u < within.end; ++u) {
      const Index source = sources_[u];
      if (source < 0) continue;
      if (source >= place && (nearest_behind < 0 || source < nearest_behind))
        nearest_behind = source, before = u;
      if (source < place && source > nearest_before) nearest_before = source, behind = u + 1;
    }
    // What was before it decides where nothing is behind it, or where that is farther away.
    const bool by_former =
        nearest_before >= 0 && (nearest_behind < 0 || place - nearest_before < nearest_behind - place);
    std::size_t at = by_former ? behind : nearest_behind >= 0 ? before : within.begin;
    while (at < within.end && within_sibling(e, at)) ++at;
    return {at, at, by_former};
  }

  bool within_sibling(std::size_t e, std::size_t u) const {
    for (const std::size_t other : children_[static_cast<std::size_t>(elements_[e].parent + 1)])
      if (other != e && runs_[other].begin < u && u < runs_[other].end) return true;
    return false;
  }

  const std::vector<InlineElement>& elements_;
  const std::vector<TextSpan>& units_;
  std::vector<Run> runs_;
  std::vector<TextSpan> spans_;
  std::vector<std::vector<std::size_t>> children_;  // by the parent's number plus 1
  std::vector<Index> sources_;  // the byte of the source that each unit was made from; -1: not known
};

}  // namespace

std::vector<TextSpan> projected_elements(const std::vector<InlineElement>& elements,
                                         const std::vector<TextSpan>& units, const SpanLinks& links,
                                         Index translation_bytes) {
  return Projection(elements, units, links).spans(translation_bytes);
}

}  // namespace heed
