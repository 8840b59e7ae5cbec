#include "heed/images/resize.h"

#include <algorithm>
#include <cmath>

#include "heed/images/sample.h"

namespace heed {
namespace {

/// Which samples of a line make one of another, and how much of it each.
struct Share {
  Index first = 0;
  std::vector<float> weights{};
};

/// Of each of `to` samples along a side that had `from`.
std::vector<Share> shares(Index from, Index to) {
  const double scale = static_cast<double>(from) / static_cast<double>(to), support = std::max(1.0, scale);
  std::vector<Share> all;
  for (Index i = 0; i < to; ++i) {
    const double center = (static_cast<double>(i) + 0.5) * scale;
    const Index first = std::max<Index>(0, static_cast<Index>(center - support + 0.5)),
                end = std::min<Index>(from, static_cast<Index>(center + support + 0.5));
    Share share{.first = first};
    double sum = 0;
    std::vector<double> weights;
    for (Index j = first; j < end; ++j) {
      weights.push_back(std::max(0.0, 1 - std::abs(static_cast<double>(j) + 0.5 - center) / support));
      sum += weights.back();
    }
    for (const double weight : weights) share.weights.push_back(static_cast<float>(weight / sum));
    all.push_back(std::move(share));
  }
  return all;
}

/// A part of an image.
Image part_of(const Image& image, Index left, Index top, Index width, Index height) {
  Image part = black_image(width, height, image.channels);
  for (Index y = 0; y < height; ++y)
    std::copy_n(image.pixel(left, top + y), width * image.channels, part.pixel(0, y));
  return part;
}

}  // namespace

Image resized(const Image& image, Index width, Index height) {
  if (image.width == width && image.height == height) return image;
  const std::vector<Share> across = shares(image.width, width), down = shares(image.height, height);
  const Index channels = image.channels;
  // First across, then down; rounded once.
  std::vector<float> narrow(static_cast<std::size_t>(image.height * width * channels));
  float* to = narrow.data();
  for (Index y = 0; y < image.height; ++y)
    for (const Share& share : across)
      for (Index c = 0; c < channels; ++c) {
        const std::uint8_t* from = image.pixel(share.first, y) + c;
        float sum = 0;
        for (std::size_t i = 0; i < share.weights.size(); ++i)
          sum += share.weights[i] * static_cast<float>(from[static_cast<Index>(i) * channels]);
        *to++ = sum;
      }
  Image result = black_image(width, height, channels);
  const Index line = width * channels;
  std::vector<float> sums(static_cast<std::size_t>(line));
  for (Index y = 0; y < height; ++y) {
    const Share& share = down[static_cast<std::size_t>(y)];
    std::ranges::fill(sums, 0.0f);
    for (std::size_t i = 0; i < share.weights.size(); ++i) {
      const float* from = narrow.data() + (share.first + static_cast<Index>(i)) * line;
      for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += share.weights[i] * from[x];
    }
    std::ranges::transform(sums, result.pixel(0, y), nearest_sample);
  }
  return result;
}

Image fitted(const Image& image, Index size, ImageFit fit) {
  const Index width = image.width, height = image.height, shorter = std::min(width, height),
              longer = std::max(width, height);
  if (fit == ImageFit::stretch || shorter == longer) return resized(image, size, size);
  if (fit == ImageFit::crop)
    return resized(part_of(image, (width - shorter) / 2, (height - shorter) / 2, shorter, shorter), size,
                   size);
  const Index small = std::max<Index>(1, (size * shorter + longer / 2) / longer);
  const Image inside = resized(image, width == longer ? size : small, height == longer ? size : small);
  Image result = black_image(size, size, image.channels);
  std::ranges::fill(result.samples, std::uint8_t{128});
  for (Index y = 0; y < inside.height; ++y)
    std::copy_n(inside.pixel(0, y), inside.width * inside.channels,
                result.pixel((size - inside.width) / 2, y + (size - inside.height) / 2));
  return result;
}

}  // namespace heed
