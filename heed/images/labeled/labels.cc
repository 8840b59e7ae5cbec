#include "heed/images/labeled/labels.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {

std::vector<Index> classes_of(std::span<const LabeledImage> images, std::span<const std::string> labels) {
  std::vector<Index> classes;
  for (const LabeledImage& each : images) {
    const auto place = std::ranges::lower_bound(labels, each.label);
    require<DataError>(place != labels.end() && *place == each.label, each.image.name(), ": its label '",
                       printable(each.label), "' is none of the ", labels.size(), " that were learned");
    classes.push_back(place - labels.begin());
  }
  return classes;
}

}  // namespace heed
