#include "heed/image_classifier/patches.h"

namespace heed {

Image seen_image(Image image, const ImageInput& input, ImageFit fit) {
  // Fewer channels first, more of them last: there is less to resize.
  if (input.channels < image.channels) image = with_channels(std::move(image), input.channels);
  return with_channels(fitted(image, input.size, fit), input.channels);
}

void append_patches(const Image& image, const ImageInput& input, std::vector<float>& numbers) {
  const Index patch = input.patch;
  for (Index row = 0; row < input.grid(); ++row)
    for (Index column = 0; column < input.grid(); ++column)
      for (Index channel = 0; channel < input.channels; ++channel)
        for (Index y = 0; y < patch; ++y)
          for (Index x = 0; x < patch; ++x) {
            const std::uint8_t sample = image.pixel(column * patch + x, row * patch + y)[channel];
            numbers.push_back(static_cast<float>(sample) / 127.5f - 1);
          }
}

}  // namespace heed
