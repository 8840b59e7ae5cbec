#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "heed/images/image.h"
#include "heed/images/image_limits.h"

namespace heed {

/// Whether a file that begins so is a JPEG.
bool is_jpeg(std::span<const std::byte> bytes);

/// The image of a JPEG file: gray if it holds no color, upright (EXIF). DataError, beginning with `name`, if
/// it is cut short, damaged or larger than the limits.
Image decode_jpeg(std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits = {});

}  // namespace heed
