#include "heed/nn/convolutional_stem.h"

#include <algorithm>
#include <bit>

#include "heed/ops/gather_rows.h"
#include "heed/ops/reshape.h"

namespace heed {
namespace {

constexpr Index kernel = 3, taps = kernel * kernel;

/// Calls take(place) for each pixel under a kernel, for each place of the kernel in each of some images of
/// `side` pixels a side: place is the pixel's number among those of all images.
template <class Take>
void for_each_tap(Index images, Index side, const Take& take) {
  const auto inside = [side](Index at) { return std::clamp<Index>(at, 0, side - 1); };
  for (Index image = 0; image < images; ++image)
    for (Index y = 0; y < side; y += 2)
      for (Index x = 0; x < side; x += 2)
        for (Index dy = -1; dy <= 1; ++dy)
          for (Index dx = -1; dx <= 1; ++dx) take((image * side + inside(y + dy)) * side + inside(x + dx));
}

/// The pixels under each place of a kernel, side by side: [images * (side / 2)^2, taps * channels].
Tensor pixels_under_kernels(const NumberBatch& batch, const ConvolutionalStem::Options& o) {
  const Index images = batch.segments.size(), side = o.grid * o.patch, area = o.patch * o.patch;
  Tensor columns({images * side * side / 4, taps * o.channels});
  const float* patches = batch.numbers.data();
  float* to = columns.data();
  for_each_tap(images, side, [&](Index place) {
    const Index image = place / (side * side), y = place / side % side, x = place % side;
    const Index patch = (image * o.grid + y / o.patch) * o.grid + x / o.patch;
    const float* from = patches + patch * area * o.channels + y % o.patch * o.patch + x % o.patch;
    for (Index c = 0; c < o.channels; ++c) *to++ = from[c * area];
  });
  return columns;
}

}  // namespace

void ConvolutionalStem::check(const Options& options) {
  require<ConfigError>(options.patch >= 2 && std::has_single_bit(static_cast<std::uint64_t>(options.patch)),
                       "patch_size ", options.patch, " cannot be halved by convolutions; take a power of 2");
  require<ConfigError>(options.width % (options.patch / 2) == 0, "width ", options.width,
                       " does not halve as often as patch_size ", options.patch, "; take a multiple of ",
                       options.patch / 2);
}

ConvolutionalStem::ConvolutionalStem(const ParameterScope& scope, const Options& options)
    : options_(options) {
  check(options);
  const int count = std::countr_zero(static_cast<std::uint64_t>(options.patch));
  Index inputs = options.channels;
  for (int i = 0; i < count; ++i) {
    const Index outputs = options.width >> (count - 1 - i);
    convolutions_.emplace_back(scope / i, taps * inputs, outputs);
    inputs = outputs;
  }
}

Variable ConvolutionalStem::operator()(Pass& pass, const NumberBatch& patches) const {
  const Index images = patches.segments.size();
  Index side = options_.grid * options_.patch;
  Variable x = pass.constant(pass.backend().from_host(pixels_under_kernels(patches, options_)));
  for (std::size_t i = 0;; ++i) {
    const bool last = i + 1 == convolutions_.size();
    x = last ? convolutions_[i](x) : convolutions_[i](x, {.activation = Activation::gelu});
    if (last) return x;
    side /= 2;
    std::vector<Index> places;
    places.reserve(static_cast<std::size_t>(images * side * side / 4 * taps));
    for_each_tap(images, side, [&](Index place) { places.push_back(place); });
    const Index width = taps * x.size(1);
    x = ops::reshape(ops::gather_rows(x, places), width);
  }
}

}  // namespace heed
