#pragma once
#include <pugixml.hpp>
#include <string_view>

namespace heed {

/// The name of an element or attribute without its prefix.
inline std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}
inline std::string_view local_name(const pugi::xml_node& element) { return without_prefix(element.name()); }

/// The first child of a name, whatever its prefix; an empty node if there is none.
pugi::xml_node child_of(const pugi::xml_node& element, std::string_view name);

}  // namespace heed
