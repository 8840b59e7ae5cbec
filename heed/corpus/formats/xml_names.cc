#include "heed/corpus/formats/xml_names.h"

namespace heed {

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string_view local_name(const pugi::xml_node& element) { return without_prefix(element.name()); }

pugi::xml_node child_of(const pugi::xml_node& element, std::string_view name) {
  for (const pugi::xml_node& child : element.children())
    if (local_name(child) == name) return child;
  return {};
}

}  // namespace heed
