#pragma once
#include <cstddef>
#include <span>

#include "heed/images/image.h"

namespace heed {

/// How a camera was held: the tag Orientation of EXIF 2.32 (section 4.6.4), 1 to 8, in a TIFF structure as
/// JPEG and PNG files carry it. 1, which is upright, where there is none or the structure is damaged: cameras
/// and programs write all kinds of things there, and the image itself is sound.
int exif_orientation(std::span<const std::byte> tiff);

/// The image upright, of an image as it is stored and its orientation, 1 to 8.
Image upright(Image stored, int orientation);

}  // namespace heed
