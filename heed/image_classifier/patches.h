#pragma once
#include <vector>

#include "heed/images/image.h"
#include "heed/images/resize.h"
#include "heed/model/image_classifier.h"

namespace heed {

/// An image of any shape as a model sees it: a square of its size, in its channels.
Image seen_image(Image image, const ImageInput& input, ImageFit fit);

/// Appends the patches of an image that seen_image gave, row by row: samples from 0 to 255 as numbers from -1
/// to 1, of each patch as ImageInput::numbers says.
void append_patches(const Image& image, const ImageInput& input, std::vector<float>& numbers);

}  // namespace heed
