#pragma once
#include <pugixml.hpp>
#include <utility>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// The texts that stand within the codes of a segment (<sub> in TMX and XLIFF 1: the title of a link, a
/// footnote), each with its translation. They are texts of their own and no part of the sentence around them.
struct SubFlows {
  std::vector<std::pair<pugi::xml_node, pugi::xml_node>>
      pairs;           // the <sub> of the source, that of the target
  Index unpaired = 0;  // texts on either side without a counterpart
};

/// Those of a segment's <seg>, <source> or <target> on both sides. What belongs together is told by the ids
/// of the codes or, where these do not tell, by the order if there are as many on both sides. A text within
/// such a text is one of that text.
SubFlows sub_flows_of(const pugi::xml_node& source, const pugi::xml_node& target);

}  // namespace heed
