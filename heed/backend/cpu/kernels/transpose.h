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

/// to[c][r] = from[r][c] for a block of rows x columns.
inline void transpose(const float* from, Index from_stride, Index rows, Index columns, float* to,
                      Index to_stride) {
  Index r = 0;
  for (; r + lanes <= rows; r += lanes) {
    Index c = 0;
    for (; c + lanes <= columns; c += lanes) {
      Floats square[lanes];
#pragma GCC unroll 16
      for (Index i = 0; i < lanes; ++i) square[i] = load(from + (r + i) * from_stride + c);
      transpose(square);
#pragma GCC unroll 16
      for (Index i = 0; i < lanes; ++i) store(to + (c + i) * to_stride + r, square[i]);
    }
    for (; c < columns; ++c)
      for (Index i = 0; i < lanes; ++i) to[c * to_stride + r + i] = from[(r + i) * from_stride + c];
  }
  for (; r < rows; ++r)
    for (Index c = 0; c < columns; ++c) to[c * to_stride + r] = from[r * from_stride + c];
}

}  // namespace
}  // namespace heed::cpu
