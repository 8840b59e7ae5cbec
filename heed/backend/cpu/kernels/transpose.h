#pragma once
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

// Shuffles are made of those that need no register for their pattern: within quarters (128 bits), and of
// whole quarters.

/// From each quarter the lower two, or upper two, groups of `size` lanes of a and b by turns.
template <Index size, bool upper>
[[gnu::always_inline]] inline Floats zip_quarters(Floats a, Floats b) {
  Ints from{};
  for (Index i = 0; i < lanes; ++i) {
    const Index group = i % 4 / size, source = i / 4 * 4 + group / 2 * size + i % size + (upper ? 2 : 0);
    from[i] = static_cast<int>(group % 2 == 0 ? source : lanes + source);
  }
  return __builtin_shuffle(a, b, from);
}

/// The even, or odd, quarters of a, then those of b.
template <bool odd>
[[gnu::always_inline]] inline Floats every_other_quarter(Floats a, Floats b) {
  Ints from{};
  for (Index i = 0; i < lanes; ++i) from[i] = static_cast<int>((2 * (i / 4) + (odd ? 1 : 0)) * 4 + i % 4);
  return __builtin_shuffle(a, b, from);
}

/// A square of lanes x lanes floats with its rows made columns.
[[gnu::always_inline]] inline void transpose(Floats (&rows)[lanes]) {
  // Squares of 4 x 4 within the quarters...
#pragma GCC unroll 4
  for (Index r = 0; r < lanes; r += 4) {
    const Floats a = zip_quarters<1, false>(rows[r], rows[r + 1]),
                 b = zip_quarters<1, true>(rows[r], rows[r + 1]);
    const Floats c = zip_quarters<1, false>(rows[r + 2], rows[r + 3]),
                 d = zip_quarters<1, true>(rows[r + 2], rows[r + 3]);
    rows[r] = zip_quarters<2, false>(a, c);
    rows[r + 1] = zip_quarters<2, true>(a, c);
    rows[r + 2] = zip_quarters<2, false>(b, d);
    rows[r + 3] = zip_quarters<2, true>(b, d);
  }
  // ...then the quarters themselves.
#pragma GCC unroll 4
  for (Index r = 0; r < 4; ++r) {
    if constexpr (lanes == 8) {
      const Floats a = rows[r], b = rows[r + 4];
      rows[r] = every_other_quarter<false>(a, b);
      rows[r + 4] = every_other_quarter<true>(a, b);
    }
    if constexpr (lanes == 16) {
      const Floats even = every_other_quarter<false>(rows[r], rows[r + 4]),
                   odd = every_other_quarter<true>(rows[r], rows[r + 4]),
                   even2 = every_other_quarter<false>(rows[r + 8], rows[r + 12]),
                   odd2 = every_other_quarter<true>(rows[r + 8], rows[r + 12]);
      rows[r] = every_other_quarter<false>(even, even2);
      rows[r + 4] = every_other_quarter<false>(odd, odd2);
      rows[r + 8] = every_other_quarter<true>(even, even2);
      rows[r + 12] = every_other_quarter<true>(odd, odd2);
    }
  }
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
