#pragma once
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace heed {

/// A text of an XLIFF entry with its translation, either of which may be missing; neither: text outside of
/// all segments.
struct XliffSegment {
  pugi::xml_node source, target;
  pugi::xml_node element;  // that says the segment's state: <segment>, or <target>
  std::string mid{};       // of <mrk mtype="seg">
};

/// All that an entry holds, in the order of its sources: the <segment>s of a <unit>, the <mrk mtype="seg"> of
/// a <trans-unit>, paired by their mid or, where one side has none, by their order; else the texts as a
/// whole.
std::vector<XliffSegment> segments_of(const pugi::xml_node& entry);

}  // namespace heed
