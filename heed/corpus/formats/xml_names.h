#pragma once
#include <pugixml.hpp>
#include <string_view>

namespace heed {

/// The name of an element or attribute without its prefix.
std::string_view without_prefix(std::string_view name);
std::string_view local_name(const pugi::xml_node& element);

/// The first child of a name, whatever its prefix; an empty node if there is none.
pugi::xml_node child_of(const pugi::xml_node& element, std::string_view name);

}  // namespace heed
