#pragma once
#include <array>
#include <initializer_list>
#include <ostream>
#include <span>

#include "heed/base/error.h"
#include "heed/base/index.h"

namespace heed {

/// The sizes of a tensor's axes, outermost first. Lies inline: making one allocates nothing.
class Shape {
 public:
  static constexpr Index max_rank = 6;

  Shape() = default;
  Shape(std::initializer_list<Index> sizes) : Shape(std::span<const Index>(sizes.begin(), sizes.size())) {}
  explicit Shape(std::span<const Index> sizes) : rank_(static_cast<Index>(sizes.size())) {
    require<ShapeError>(rank_ <= max_rank, "shape: ", rank_, " axes, but at most ", max_rank,
                        " are possible");
    for (Index axis = 0; axis < rank_; ++axis) (*this)[axis] = sizes[static_cast<std::size_t>(axis)];
  }

  Index rank() const { return rank_; }
  /// Negative axes count from the end.
  Index& operator[](Index axis) { return sizes_[at(axis)]; }
  Index operator[](Index axis) const { return sizes_[at(axis)]; }
  Index count() const {
    Index n = 1;
    for (Index size : *this) n *= size;
    return n;
  }
  const Index* begin() const { return sizes_.data(); }
  const Index* end() const { return sizes_.data() + rank_; }

  bool operator==(const Shape& other) const { return std::equal(begin(), end(), other.begin(), other.end()); }

 private:
  std::size_t at(Index axis) const { return static_cast<std::size_t>(axis < 0 ? axis + rank_ : axis); }

  std::array<Index, max_rank> sizes_{};
  Index rank_ = 0;
};

inline std::ostream& operator<<(std::ostream& out, const Shape& shape) {
  out << '[';
  for (Index axis = 0; axis < shape.rank(); ++axis) out << (axis ? ", " : "") << shape[axis];
  return out << ']';
}

}  // namespace heed
