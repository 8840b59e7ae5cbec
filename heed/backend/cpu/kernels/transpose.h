#pragma once
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

/// Exchanges the off-diagonal quarters of all 2 distance x 2 distance squares.
template <Index distance>
[[gnu::always_inline]] inline void exchange(Floats (&rows)[lanes]) {
  Ints low{}, high{};
  for (Index i = 0; i < lanes; ++i) {
    low[i] = static_cast<int>(i & distance ? lanes + i - distance : i);
    high[i] = static_cast<int>(i & distance ? lanes + i : i + distance);
  }
#pragma GCC unroll 16
  for (Index i = 0; i < lanes; ++i)
    if (!(i & distance)) {
      const Floats a = rows[i], b = rows[i + distance];
      rows[i] = __builtin_shuffle(a, b, low);
      rows[i + distance] = __builtin_shuffle(a, b, high);
    }
}

/// A square of lanes x lanes floats with its rows made columns.
[[gnu::always_inline]] inline void transpose(Floats (&rows)[lanes]) {
  exchange<1>(rows);
  exchange<2>(rows);
  if constexpr (lanes >= 8) exchange<4>(rows);
  if constexpr (lanes >= 16) exchange<8>(rows);
}

/// to[c][r] = from[r][c] for a block of rows x columns; zeros behind the rows up to the end of a register.
inline void transpose(const float* from, Index from_stride, Index rows, Index columns, float* to,
                      Index to_stride) {
  for (Index r = 0; r < rows; r += lanes) {
    const Index height = rows - r < lanes ? rows - r : lanes;
    sweep(columns, [&](Index c, auto part) {
      Floats square[lanes] = {};
      const float* corner = from + r * from_stride + c;
      if (height == lanes) {
#pragma GCC unroll 16
        for (Index i = 0; i < lanes; ++i) square[i] = load(corner + i * from_stride, part);
      } else {
#pragma GCC unroll 16
        for (Index i = 0; i < lanes; ++i)
          if (i < height) square[i] = load(corner + i * from_stride, part);
      }
      transpose(square);
      const Index width = columns - c < lanes ? columns - c : lanes;
      if (width == lanes) {
#pragma GCC unroll 16
        for (Index i = 0; i < lanes; ++i) store(to + (c + i) * to_stride + r, square[i]);
      } else {
        for (Index i = 0; i < width; ++i) store(to + (c + i) * to_stride + r, square[i]);
      }
    });
  }
}

}  // namespace
}  // namespace heed::cpu
