#pragma once
#include <span>
#include <string>
#include <vector>

#include "heed/images/labeled/labeled_image.h"

namespace heed {

/// The class of each image: the place of its label among `labels`, which are in the order of their bytes.
/// DataError, naming the image, for a label that is not among them.
std::vector<Index> classes_of(std::span<const LabeledImage> images, std::span<const std::string> labels);

}  // namespace heed
