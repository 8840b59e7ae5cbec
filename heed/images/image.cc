#include "heed/images/image.h"

#include <stdexcept>

namespace heed {

Image black_image(Index width, Index height, Index channels) {
  return {width, height, channels,
          std::vector<std::uint8_t>(static_cast<std::size_t>(width * height * channels), 0)};
}

Image with_channels(Image image, Index channels) {
  if (image.channels == channels) return image;
  if ((channels != 1 && channels != 3) || (image.channels != 1 && image.channels != 3))
    throw std::logic_error("an image has 1 or 3 channels");
  Image result = black_image(image.width, image.height, channels);
  const std::uint8_t* from = image.samples.data();
  for (std::uint8_t *to = result.samples.data(), *end = to + result.samples.size(); to != end;
       to += channels, from += image.channels) {
    if (channels == 3)
      to[0] = to[1] = to[2] = from[0];
    else  // in thousandths, rounded
      to[0] = static_cast<std::uint8_t>((299 * from[0] + 587 * from[1] + 114 * from[2] + 500) / 1000);
  }
  return result;
}

}  // namespace heed
