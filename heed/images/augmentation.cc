#include "heed/images/augmentation.h"
#include "heed/images/sample.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heed {
namespace {

/// Random numbers as augmentation needs them.
class Draw {
 public:
  explicit Draw(Random random) : random_(random) {}
  double between(double from, double to) {
    return from + (to - from) * static_cast<double>(random_.uniform());
  }
  bool happens(double probability) { return static_cast<double>(random_.uniform()) < probability; }

 private:
  Random random_;
};

/// Where the pixels of a variant come from: x' = xx x + xy y + x0 and likewise y', in pixels, from the
/// image's middle.
struct Placing {
  double xx = 1, xy = 0, x0 = 0, yx = 0, yy = 1, y0 = 0;

  bool only_moves() const { return std::abs(xx) == 1 && xy == 0 && yx == 0 && yy == 1; }
};

/// All numbers are drawn, needed or not: whether one thing is varied does not change how another is.
Placing drawn_placing(const Image& image, const AugmentationOptions& options, Draw& draw) {
  const auto width = static_cast<double>(image.width), height = static_cast<double>(image.height);
  const double area = draw.between(options.crop, 1),
               ratio = std::exp(draw.between(std::log(0.75), std::log(4.0 / 3.0)));
  const bool cropped = options.crop < 1;
  // Shares of the sides that are seen.
  const double across = cropped ? std::min(1.0, std::sqrt(area * ratio)) : 1,
               down = cropped ? std::min(1.0, std::sqrt(area / ratio)) : 1;
  const double left = draw.between(-1, 1) * (1 - across) / 2 * width,
               top = draw.between(-1, 1) * (1 - down) / 2 * height;
  const double angle = draw.between(-1, 1) * options.rotation * std::numbers::pi / 180;
  const double mirror = draw.happens(0.5) && options.flip ? -1 : 1;
  // In whole pixels: a shift alone must not blur.
  const double right = std::round(draw.between(-1, 1) * options.shift * width),
               below = std::round(draw.between(-1, 1) * options.shift * height);
  const double cosine = std::cos(angle), sine = std::sin(angle);
  if (angle == 0) return {mirror * across, 0, left + right, 0, down, top + below};
  return {mirror * across * cosine, -down * sine,  left + right,
          mirror * across * sine,   down * cosine, top + below};
}

/// Pixels outside of the image are those of its edge.
Image placed(const Image& image, const Placing& at) {
  Image result = black_image(image.width, image.height, image.channels);
  const Index width = image.width, height = image.height, channels = image.channels;
  const double middle_x = static_cast<double>(width - 1) / 2, middle_y = static_cast<double>(height - 1) / 2;
  for (Index y = 0; y < height; ++y)
    for (Index x = 0; x < width; ++x) {
      const double u = static_cast<double>(x) - middle_x, v = static_cast<double>(y) - middle_y;
      const double from_x = std::clamp(at.xx * u + at.xy * v + at.x0 + middle_x, 0.0,
                                       static_cast<double>(width - 1)),
                   from_y = std::clamp(at.yx * u + at.yy * v + at.y0 + middle_y, 0.0,
                                       static_cast<double>(height - 1));
      std::uint8_t* to = result.pixel(x, y);
      if (at.only_moves()) {
        std::copy_n(image.pixel(std::lround(from_x), std::lround(from_y)), channels, to);
        continue;
      }
      const auto x0 = static_cast<Index>(from_x), y0 = static_cast<Index>(from_y);
      const Index x1 = std::min(x0 + 1, width - 1), y1 = std::min(y0 + 1, height - 1);
      const double right = from_x - static_cast<double>(x0), below = from_y - static_cast<double>(y0);
      for (Index c = 0; c < channels; ++c) {
        const auto sample = [&](Index column, Index row) {
          return static_cast<double>(image.pixel(column, row)[c]);
        };
        to[c] = nearest_sample((1 - below) * ((1 - right) * sample(x0, y0) + right * sample(x1, y0)) +
                               below * ((1 - right) * sample(x0, y1) + right * sample(x1, y1)));
      }
    }
  return result;
}

void vary_color(Image& image, double most, Draw& draw) {
  const double brightness = draw.between(1 - most, 1 + most), contrast = draw.between(1 - most, 1 + most),
               saturation = draw.between(1 - most, 1 + most);
  if (most == 0) return;
  double mean = 0;
  for (const std::uint8_t sample : image.samples) mean += sample;
  mean = brightness * mean / static_cast<double>(image.samples.size());
  for (auto* pixel = image.samples.data(); pixel != image.samples.data() + image.samples.size();
       pixel += image.channels) {
    double gray = 0;
    for (Index c = 0; c < image.channels; ++c) gray += pixel[c];
    gray /= static_cast<double>(image.channels);
    for (Index c = 0; c < image.channels; ++c) {
      const double colored = gray + saturation * (static_cast<double>(pixel[c]) - gray);
      pixel[c] = nearest_sample(mean + contrast * (brightness * colored - mean));
    }
  }
}

void erase(Image& image, double probability, Draw& draw) {
  const bool happens = draw.happens(probability);
  const double area = draw.between(0.02, 1.0 / 3),
               ratio = std::exp(draw.between(std::log(0.3), std::log(1 / 0.3)));
  const double left = draw.between(0, 1), top = draw.between(0, 1);
  if (!happens) return;
  const auto side = [](double share, Index whole) {
    return std::clamp<Index>(std::lround(share * static_cast<double>(whole)), 1, whole);
  };
  const Index width = side(std::sqrt(area * ratio), image.width),
              height = side(std::sqrt(area / ratio), image.height);
  const auto x = static_cast<Index>(left * static_cast<double>(image.width - width + 1)),
             y = static_cast<Index>(top * static_cast<double>(image.height - height + 1));
  for (Index row = y; row < y + height; ++row)
    std::fill_n(image.pixel(x, row), width * image.channels, std::uint8_t{128});
}

}  // namespace

Image augmented(const Image& image, const AugmentationOptions& options, Random random) {
  Draw draw(random);
  Image result = placed(image, drawn_placing(image, options, draw));
  vary_color(result, options.color, draw);
  erase(result, options.erase, draw);
  return result;
}

}  // namespace heed
