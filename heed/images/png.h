#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "heed/images/image.h"
#include "heed/images/image_limits.h"

namespace heed {

/// Whether a file that begins so is a PNG.
bool is_png(std::span<const std::byte> bytes);

/// The image of a PNG file: gray if it holds no color, of 16 bits the upper ones, upright (eXIf); what is
/// transparent lies on white. Of an animation, the first image. DataError, beginning with `name`, if it is
/// cut short, damaged or larger than the limits.
Image decode_png(std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits = {});

/// An image as a PNG file.
std::string encode_png(const Image& image);

}  // namespace heed
