#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "heed/images/image.h"

namespace heed {

/// A drawn image, and what it shows.
struct DrawnShape {
  std::string label;
  Image image;
};

/// The shapes that there are: "circle", "cross" and so on, in the order of their bytes.
const std::vector<std::string>& shape_labels();

/// A shape in color on a ground in another, somewhere, of some size, turned, with noise: which, and how,
/// follows from the seed and the number. Numbers one after the other have all shapes in turn. `size` is of a
/// side, in pixels.
DrawnShape drawn_shape(std::uint64_t seed, Index number, Index size);

}  // namespace heed
