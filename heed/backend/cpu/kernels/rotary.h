#pragma once
#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

using Doubles [[gnu::vector_size(2 * __BIGGEST_ALIGNMENT__)]] = double;  // as many as lanes

struct Turn {
  Floats cosine, sine;
};

/// Within 1e-7 for angles up to millions of turns. sine(-x) is -sine(x) to the bit.
[[gnu::always_inline]] inline Turn turn_by(Floats angle) {
  // angle = n pi / 2 + r, |r| <= pi / 4, in doubles: of floats, r would have too few bits left. Adding
  // 1.5 * 2^52 rounds to an integer.
  const Doubles exact = __builtin_convertvector(angle, Doubles);
  const Doubles n = (exact * 0.63661977236758134 + 0x1.8p52) - 0x1.8p52;
  const Floats r = __builtin_convertvector(exact - n * 1.5707963267948966, Floats);
  const Ints quarter = __builtin_convertvector(n, Ints);
  // The polynomials of Cephes (Moshier, 1984), which are as exact there as float is.
  const Floats z = r * r;
  const Floats sine = r + r * z * (-1.6666654611e-1f + z * (8.3321608736e-3f + z * -1.9515295891e-4f));
  const Floats cosine =
      1.0f - 0.5f * z +
      z * z * (4.166664568298827e-2f + z * (-1.388731625493765e-3f + z * 2.443315711809948e-5f));
  const Ints odd = (quarter & 1) != 0;
  const Floats s = odd ? cosine : sine, c = odd ? sine : cosine;
  return {((quarter + 1) & 2) != 0 ? -c : c, (quarter & 2) != 0 ? -s : s};
}

Index rotate_scratch(const Rotation& r) { return 4 * whole_registers(r.pairs); }

/// Pair i is columns i and pairs + i.
inline void rotate_halves(const Rotation& r, float* x, const float* cosines, const float* sines) {
  for (Index head = 0; head < r.heads; ++head) {
    float *first = x + head * r.size, *second = first + r.pairs;
    sweep(r.pairs, [&](Index i, auto part) {
      const Floats a = load(first + i, part), b = load(second + i, part);
      const Floats c = load(cosines + i, part), s = load(sines + i, part);
      store(first + i, a * c - b * s, part);
      store(second + i, b * c + a * s, part);
    });
  }
}

/// Pair i is columns 2i and 2i + 1; so are its cosine, twice, and its sine, first negative.
inline void rotate_neighbors(const Rotation& r, float* x, const float* cosines, const float* sines) {
  Ints partner{};
  for (Index i = 0; i < lanes; ++i) partner[i] = static_cast<int>(i ^ 1);
  for (Index head = 0; head < r.heads; ++head) {
    float* columns = x + head * r.size;
    sweep(2 * r.pairs, [&](Index i, auto part) {
      const Floats a = load(columns + i, part), b = __builtin_shuffle(a, partner);
      store(columns + i, a * load(cosines + i, part) + b * load(sines + i, part), part);
    });
  }
}

void rotate(const Rotation& r, float position, float* x, float* scratch) {
  const Index room = whole_registers(r.pairs);
  float *cosines = scratch, *sines = scratch + 2 * room;
  if (!r.interleaved) {
    sweep(r.pairs, [&](Index i, auto part) {
      const Turn turn = turn_by(load(r.rates + i, part) * position);
      store(cosines + i, turn.cosine);
      store(sines + i, turn.sine);
    });
    return rotate_halves(r, x, cosines, sines);
  }
  sweep(r.pairs, [&](Index i, auto part) {
    const Turn turn = turn_by(load(r.rates + i, part) * position);
    for (Index k = 0; k < lanes; ++k) {
      cosines[2 * (i + k)] = cosines[2 * (i + k) + 1] = turn.cosine[k];
      sines[2 * (i + k)] = -turn.sine[k];
      sines[2 * (i + k) + 1] = turn.sine[k];
    }
  });
  rotate_neighbors(r, x, cosines, sines);
}

}  // namespace
}  // namespace heed::cpu
