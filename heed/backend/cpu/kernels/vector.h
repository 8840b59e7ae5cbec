#pragma once
#include "heed/base/index.h"

// What the headers of this folder define is local to the file that includes them: that file is compiled once
// for each instruction set, and no code of one may be taken for that of another. For the same reason they
// include no standard headers.

namespace heed::cpu {
namespace {

/// Floats in the widest register of the instruction set that this file is compiled for: 4, 8 or 16.
constexpr Index lanes = __BIGGEST_ALIGNMENT__ / 4;

using Floats [[gnu::vector_size(__BIGGEST_ALIGNMENT__)]] = float;
using Ints [[gnu::vector_size(__BIGGEST_ALIGNMENT__)]] = int;
using Words [[gnu::vector_size(__BIGGEST_ALIGNMENT__)]] = unsigned;
using LooseFloats [[gnu::vector_size(__BIGGEST_ALIGNMENT__), gnu::aligned(4), gnu::may_alias]] = float;
using LooseInts [[gnu::vector_size(__BIGGEST_ALIGNMENT__), gnu::aligned(4), gnu::may_alias]] = int;

/// All lanes, or the first few: what is left at the end of a row.
struct Whole {};
struct Part {
  Index count;
};

// Less zero, not plus zero: that is the value itself, bit for bit, so that compilers spread it as they load
// it.
[[gnu::always_inline]] inline Floats all(float value) { return value - Floats{}; }

[[gnu::always_inline]] inline Floats load(const float* from, Whole = {}) {
  return *reinterpret_cast<const LooseFloats*>(from);
}
[[gnu::always_inline]] inline Floats load(const float* from, Part part, float rest = 0) {
  Floats result = all(rest);
  for (Index i = 0; i < part.count; ++i) result[i] = from[i];
  return result;
}
[[gnu::always_inline]] inline Ints load_ints(const int* from) {
  return *reinterpret_cast<const LooseInts*>(from);
}
[[gnu::always_inline]] inline void store(float* to, Floats value, Whole = {}) {
  *reinterpret_cast<LooseFloats*>(to) = value;
}
[[gnu::always_inline]] inline void store(float* to, Floats value, Part part) {
  for (Index i = 0; i < part.count; ++i) to[i] = value[i];
}

/// to (+)= value
template <class Extent>
[[gnu::always_inline]] inline void leave(float* to, Floats value, bool adds, Extent part) {
  store(to, adds ? load(to, part) + value : value, part);
}

/// Floats that as many registers hold as n floats need.
constexpr Index whole_registers(Index n) { return (n + lanes - 1) / lanes * lanes; }

/// body(start, Whole{}) for each register's worth of n floats, rest(start, Part) for what is left.
template <class Body, class Rest>
[[gnu::always_inline]] inline void sweep(Index n, const Body& body, const Rest& rest) {
  Index i = 0;
  for (; i + lanes <= n; i += lanes) body(i, Whole{});
  if (i < n) rest(i, Part{n - i});
}
template <class Body>
[[gnu::always_inline]] inline void sweep(Index n, const Body& body) {
  sweep(n, body, body);
}

[[gnu::always_inline]] inline Floats larger(Floats a, Floats b) { return a > b ? a : b; }
[[gnu::always_inline]] inline Floats smaller(Floats a, Floats b) { return a < b ? a : b; }

[[gnu::always_inline]] inline Ints lane_numbers() {
  Ints numbers{};
  for (Index i = 0; i < lanes; ++i) numbers[i] = static_cast<int>(i);
  return numbers;
}

/// The lanes, each taking the place of the one `distance` above it, those at the top going round.
template <Index distance>
[[gnu::always_inline]] inline Floats rotated(Floats x) {
  Ints from{};
  for (Index i = 0; i < lanes; ++i) from[i] = static_cast<int>((i + distance) % lanes);
  return __builtin_shuffle(x, from);
}

/// The lanes' sum, in an order that follows from the number of lanes alone.
[[gnu::always_inline]] inline float sum(Floats x) {
  if constexpr (lanes >= 16) x += rotated<8>(x);
  if constexpr (lanes >= 8) x += rotated<4>(x);
  x += rotated<2>(x);
  x += rotated<1>(x);
  return x[0];
}
[[gnu::always_inline]] inline float largest(Floats x) {
  if constexpr (lanes >= 16) x = larger(x, rotated<8>(x));
  if constexpr (lanes >= 8) x = larger(x, rotated<4>(x));
  x = larger(x, rotated<2>(x));
  x = larger(x, rotated<1>(x));
  return x[0];
}

}  // namespace
}  // namespace heed::cpu
