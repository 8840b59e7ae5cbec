#pragma once
#include <cstdint>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// An image of 8 bits a sample: rows from the top, pixels from the left, the channels of a pixel side by
/// side.
struct Image {
  Index width = 0, height = 0;
  Index channels = 1;                   // 1: gray; 3: red, green, blue
  std::vector<std::uint8_t> samples{};  // [height, width, channels]

  const std::uint8_t* pixel(Index x, Index y) const { return samples.data() + (y * width + x) * channels; }
  std::uint8_t* pixel(Index x, Index y) { return samples.data() + (y * width + x) * channels; }

  bool operator==(const Image&) const = default;
};

/// A black image.
Image black_image(Index width, Index height, Index channels);

/// The same image in gray (the luma of ITU-R BT.601) or in color.
Image with_channels(Image image, Index channels);

}  // namespace heed
