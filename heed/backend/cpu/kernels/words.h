#pragma once
#include "heed/backend/cpu/kernels/dots.h"
#include "heed/backend/cpu/kernels/transpose.h"

namespace heed::cpu {
namespace {

/// Words of a row of so many steps. Where tiles multiply them they are a multiple of a tile's, zeros at the
/// end.
template <class Dot>
constexpr Index words_of(Index steps) {
  return (steps + Dot::group * Dot::whole - 1) / (Dot::group * Dot::whole) * Dot::whole;
}

/// Floats from `i` on, zeros behind the n-th.
[[gnu::always_inline]] inline Floats load_before(const float* x, Index i, Index n) {
  if (i + lanes <= n) return load(x + i);
  return i < n ? load(x + i, Part{n - i}) : Floats{};
}

/// Consecutive elements as words: one row of a, or of b where its rows are columns of the panel. `to` has
/// room for a register more than the words.
inline void row_words(BFloat16Dot, const float* x, Index n, unsigned* to) {
  static_assert(BFloat16Dot::whole <= lanes);
  for (Index i = 0; i < n; i += 2 * lanes)
    store_words(to + i / 2, BFloat16Dot::neighbors(load_before(x, i, n), load_before(x, i + lanes, n)));
}

/// The factor that brings a row of n into -127 to 127: what it is divided by. 0 for zeros alone.
inline float quantizing_scale(const float* x, Index n) {
  Floats most{};
  const auto grow = [&](Floats value) { most = larger(most, larger(value, -value)); };
  sweep(n, [&](Index i, auto part) { grow(load(x + i, part)); });
  return largest(most) / 127;
}

/// x / scale, rounded to the nearest whole number, ties to even.
[[gnu::always_inline]] inline Ints quantized(Floats x, float inverse) {
  // Beyond 2^23 floats are whole numbers: the sum's lowest bits are the rounded one.
  constexpr float whole = 12582912;  // 1.5 * 2^23
  const Floats shifted = x * inverse + whole;
  return (Ints)shifted - 0x4B400000;
}

template <Index bytes>
struct NumberOf {
  using type = short;
};
template <>
struct NumberOf<1> {
  using type = signed char;
};

/// A row in whole numbers as words, `offset` added to each; gives its scale.
inline float row_words(Int8Dot, const float* x, Index n, int offset, unsigned* to) {
  const float scale = quantizing_scale(x, n), inverse = scale > 0 ? 1 / scale : 0;
  using Number = NumberOf<4 / Int8Dot::group>::type;
  using Numbers [[gnu::vector_size(lanes * sizeof(Number)), gnu::aligned(1), gnu::may_alias]] = Number;
  auto* numbers = reinterpret_cast<Number*>(to);
  const Index end = words_of<Int8Dot>(n) * Int8Dot::group;
  for (Index i = 0; i < end; i += lanes) {
    const Ints value = quantized(load_before(x, i, n), inverse) + offset;
    *reinterpret_cast<Numbers*>(numbers + i) = __builtin_convertvector(value, Numbers);
  }
  return scale;
}

}  // namespace
}  // namespace heed::cpu
