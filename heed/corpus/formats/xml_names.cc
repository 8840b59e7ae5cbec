#include "heed/corpus/formats/xml_names.h"

namespace heed {

pugi::xml_node child_of(const pugi::xml_node& element, std::string_view name) {
  for (pugi::xml_node child = element.first_child(); child; child = child.next_sibling())
    if (local_name(child) == name) return child;
  return {};
}

}  // namespace heed
