#include "heed/corpus/formats/xliff_segments.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string_view>

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

std::vector<XliffSegment> paired(const Nodes& sources, const Nodes& targets) {
  const bool by_order = sources.size() == targets.size() && (std::ranges::all_of(sources, has_no_mid) ||
                                                             std::ranges::all_of(targets, has_no_mid));
  const auto key = [&](const pugi::xml_node& mark) { return by_order ? std::string_view() : mid_of(mark); };
  std::map<std::string_view, std::deque<std::size_t>> waiting;
  for (std::size_t i = 0; i < targets.size(); ++i) waiting[key(targets[i])].push_back(i);
  std::vector<XliffSegment> segments;
  std::vector<bool> taken(targets.size());
  for (const pugi::xml_node& source : sources) {
    XliffSegment segment{.source = source, .target = {}, .element = {}, .mid = std::string(mid_of(source))};
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
      segments.push_back(
          {.source = {}, .target = targets[i], .element = {}, .mid = std::string(mid_of(targets[i]))});
  return segments;
}

std::vector<XliffSegment> segments_of_unit(const pugi::xml_node& unit) {
  std::vector<XliffSegment> segments;
  for (const pugi::xml_node& segment : unit.children())
    if (local_name(segment) == "segment")
      segments.push_back(
          {.source = child_of(segment, "source"), .target = child_of(segment, "target"), .element = segment});
  return segments;
}

std::vector<XliffSegment> segments_of_trans_unit(const pugi::xml_node& unit) {
  const pugi::xml_node source = child_of(unit, "source"), target = child_of(unit, "target");
  Nodes sources, targets;
  const bool outside_source = find_marks(child_of(unit, "seg-source"), sources);
  const bool outside_target = find_marks(target, targets);
  if (sources.empty() || targets.empty()) return {{.source = source, .target = target, .element = target}};
  std::vector<XliffSegment> segments = paired(sources, targets);
  if (outside_source || outside_target) segments.emplace_back();
  for (XliffSegment& segment : segments) segment.element = target;
  return segments;
}

}  // namespace

std::vector<XliffSegment> segments_of(const pugi::xml_node& entry) {
  return local_name(entry) == "unit" ? segments_of_unit(entry) : segments_of_trans_unit(entry);
}

}  // namespace heed
