#include "heed/corpus/formats/xliff_entry.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string_view>
#include <utility>

#include "heed/corpus/formats/xml_names.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using Nodes = std::vector<pugi::xml_node>;

std::string_view mid_of(const pugi::xml_node& mark) { return mark.attribute("mid").value(); }

bool has_no_mid(const pugi::xml_node& mark) { return mid_of(mark).empty(); }

/// The <mrk mtype="seg"> of an element; whether there is text outside of them.
bool find_marks(const pugi::xml_node& element, Nodes& marks) {
  bool outside = false;
  for (const pugi::xml_node& child : element.children()) {
    if (local_name(child) == "mrk" && std::string_view(child.attribute("mtype").value()) == "seg")
      marks.push_back(child);
    else if (child.type() == pugi::node_element)
      outside = find_marks(child, marks) || outside;
    else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      outside = outside || !is_blank(child.value());
  }
  return outside;
}

void pair(const Nodes& sources, const Nodes& targets, std::vector<XliffSegment>& segments) {
  const bool by_order = sources.size() == targets.size() && (std::ranges::all_of(sources, has_no_mid) ||
                                                             std::ranges::all_of(targets, has_no_mid));
  const auto key = [&](const pugi::xml_node& mark) { return by_order ? std::string_view() : mid_of(mark); };
  std::map<std::string_view, std::deque<std::size_t>> waiting;
  for (std::size_t i = 0; i < targets.size(); ++i) waiting[key(targets[i])].push_back(i);
  std::vector<bool> taken(targets.size());
  for (const pugi::xml_node& source : sources) {
    XliffSegment segment{.source = source, .target = {}, .element = {}, .mid = mid_of(source)};
    const auto found = waiting.find(key(source));
    if (found != waiting.end() && !found->second.empty()) {
      segment.target = targets[found->second.front()];
      taken[found->second.front()] = true;
      found->second.pop_front();
    }
    segments.push_back(std::move(segment));
  }
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (!taken[i])
      segments.push_back({.source = {}, .target = targets[i], .element = {}, .mid = mid_of(targets[i])});
}

void add_segments(const XliffSegment& whole, const pugi::xml_node& segmented,
                  std::vector<XliffSegment>& segments) {
  Nodes sources, targets;
  const bool outside_source = find_marks(segmented, sources),
             outside_target = find_marks(whole.target, targets);
  if (sources.empty() || targets.empty()) return segments.push_back(whole);
  pair(sources, targets, segments);
  if (outside_source || outside_target) segments.emplace_back();
  for (XliffSegment& segment : segments) segment.element = whole.element;
}

}  // namespace

void XliffEntry::read(const pugi::xml_node& element) {
  segments.clear();
  definitions = original_data = {};
  pugi::xml_node source, target, segmented;
  for (pugi::xml_node child = element.first_child(); child; child = child.next_sibling()) {
    const std::string_view name = local_name(child);
    if (name == "source" && !source)
      source = child;
    else if (name == "target" && !target)
      target = child;
    else if (name == "segment")
      segments.push_back(
          {.source = child_of(child, "source"), .target = child_of(child, "target"), .element = child});
    else if (name == "seg-source" && !segmented)
      segmented = child;
    else if (name == "seg-defs" && !definitions)
      definitions = child;
    else if (name == "originalData" && !original_data)
      original_data = child;
  }
  if (local_name(element) == "unit") return;
  segments.clear();
  const XliffSegment whole{.source = source, .target = target, .element = target};
  segmented ? add_segments(whole, segmented, segments) : segments.push_back(whole);
}

}  // namespace heed
