#pragma once
#include "heed/base/fields.h"
#include "heed/images/image.h"

namespace heed {

/// The image in another size: linear interpolation where it grows; where it shrinks, means that are weighted
/// by a triangle, so that nothing is skipped (as Pillow's bilinear filter).
Image resized(const Image& image, Index width, Index height);

/// How an image of any shape becomes a square.
enum class ImageFit {
  stretch,  // all of it, out of proportion
  crop,     // its middle
  pad,      // all of it in proportion, gray above and below or on both sides
};
template <>
struct EnumNames<ImageFit> {
  static constexpr std::array names{std::pair{"stretch", ImageFit::stretch},
                                    std::pair{"crop", ImageFit::crop}, std::pair{"pad", ImageFit::pad}};
};

/// The image as a square of `size` pixels a side.
Image fitted(const Image& image, Index size, ImageFit fit);

}  // namespace heed
