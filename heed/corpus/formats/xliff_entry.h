#pragma once
#include <pugixml.hpp>
#include <string_view>
#include <vector>

namespace heed {

/// A text of an XLIFF entry with its translation, either of which may be missing; neither: text outside of
/// all segments.
struct XliffSegment {
  pugi::xml_node source, target;
  pugi::xml_node element;  // that says the segment's state: <segment>, or <target>
  std::string_view mid{};  // of <mrk mtype="seg">
};

/// What a <trans-unit> or <unit> holds.
struct XliffEntry {
  /// In the order of the sources: the <segment>s of a <unit>, the <mrk mtype="seg"> of a <trans-unit>, paired
  /// by their mid or, where one side has none, by their order; else the texts as a whole.
  std::vector<XliffSegment> segments;
  pugi::xml_node definitions;    // SDL's <seg-defs>, if there are any
  pugi::xml_node original_data;  // the codes that XLIFF 2 keeps apart from its texts

  /// Takes the place of what was read before; valid as long as the element is.
  void read(const pugi::xml_node& element);
};

}  // namespace heed
