#pragma once
#include "heed/backend/cpu/kernels/exponential.h"
#include "heed/backend/cpu/kernels/kernels.h"

// A few queries are too little work to arrange keys for, as attention.h does: they are read where they lie,
// each row once for the scores and once for the results. Heads share registers: lane i of a register of
// scores has head i % share and key i / share, so that the steps of a softmax, which wait for each other, are
// taken once for all.

namespace heed::cpu {
namespace {

/// Lanes that have the bit `distance` clear in their number from a, the others from b, each with its partner
/// added.
template <Index distance>
[[gnu::always_inline]] inline Floats folded(Floats a, Floats b) {
  Ints own{}, partner{};
  for (Index i = 0; i < lanes; ++i) {
    const Index source = i & distance ? lanes : 0;
    own[i] = static_cast<int>(source + i);
    partner[i] = static_cast<int>(source + (i ^ distance));
  }
  return __builtin_shuffle(a, b, own) + __builtin_shuffle(a, b, partner);
}

/// The sum of each register's lanes, that of x[i] in lane i; all in the same order.
[[gnu::always_inline]] inline Floats sums(Floats (&x)[lanes]) {
  if constexpr (lanes >= 16) {
#pragma GCC unroll 8
    for (Index i = 0; i < 8; ++i) x[i] = folded<8>(x[i], x[i + 8]);
  }
  if constexpr (lanes >= 8) {
#pragma GCC unroll 4
    for (Index i = 0; i < 4; ++i) x[i] = folded<4>(x[i], x[i + 4]);
  }
  return folded<1>(folded<2>(x[0], x[2]), folded<2>(x[1], x[3]));
}

/// Heads that share registers: 1 << shift of them, from this column on.
struct Heads {
  Index shift = 0, column = 0;
  Index share() const { return Index{1} << shift; }
  Index keys_at_once() const { return lanes >> shift; }
};

/// As many of the heads from `first` on as fill a register without a rest.
inline Heads heads_from(const Queries& a, Index first) {
  Heads heads{.column = first * a.size};
  while (2 * heads.share() <= lanes && first + 2 * heads.share() <= a.heads) ++heads.shift;
  return heads;
}

/// Scores of all keys, for each query in a row of its own. `offsets` says where the keys lie.
inline void any_scores(const Queries& a, const Heads& heads, const Index* offsets, float* scores, Index row) {
  for (Index key = 0; key < a.keys; key += heads.keys_at_once(), scores += lanes)
    for (Index query = 0; query < a.queries; ++query) {
      Floats products[lanes] = {};
      for (Index i = 0; i < lanes; ++i) {
        const Index column = heads.column + (i & (heads.share() - 1)) * a.size;
        const float *q = a.q + query * a.q_row + column,
                    *k = a.k + offsets[key + (i >> heads.shift)] + column;
        sweep(a.size, [&](Index c, auto part) { products[i] += load(q + c, part) * load(k + c, part); });
      }
      store(scores + query * row, sums(products));
    }
}

/// The same for 1 << shift heads of so many whole registers.
template <Index registers, Index shift>
inline void scores_of(const Queries& a, const Heads& heads, const Index* offsets, float* scores, Index row) {
  constexpr Index share = 1 << shift, keys_at_once = lanes >> shift;
  const float* k = a.k + heads.column;
  for (Index key = 0; key < a.keys; key += keys_at_once, scores += lanes)
    for (Index query = 0; query < a.queries; ++query) {
      const float* q = a.q + query * a.q_row + heads.column;
      Floats products[lanes];
#pragma GCC unroll 16
      for (Index i = 0; i < lanes; ++i) {
        const Index column = i % share * registers * lanes;
        const float* at = k + offsets[key + i / share] + column;
        products[i] = load(q + column) * load(at);
#pragma GCC unroll 8
        for (Index r = 1; r < registers; ++r)
          products[i] += load(q + column + r * lanes) * load(at + r * lanes);
      }
      store(scores + query * row, sums(products));
    }
}

using Scores = void (*)(const Queries&, const Heads&, const Index*, float*, Index);

template <Index registers>
inline Scores scores_for(const Heads& heads) {
  constexpr Scores by_shift[] = {scores_of<registers, 0>, scores_of<registers, 1>, scores_of<registers, 2>,
                                 lanes >= 8 ? scores_of<registers, 3> : nullptr,
                                 lanes >= 16 ? scores_of<registers, 4> : nullptr};
  return by_shift[heads.shift];
}
inline Scores scores_for(const Heads& heads, Index size) {
  if (size == lanes) return scores_for<1>(heads);
  if (size == 2 * lanes) return scores_for<2>(heads);
  if (size == 4 * lanes) return scores_for<4>(heads);
  if (size == 8 * lanes) return scores_for<8>(heads);
  return any_scores;
}

/// So many queries of one sequence, or fewer, are cheaper here than in attention.h; measured for 4 heads of
/// 32 columns and 8 of 64.
Index few_queries(Index size) { return scores_for(Heads{}, size) == any_scores ? 1 : 24; }

/// Scores become e^(score - the head's largest); gives one over their sums.
inline Floats exponentials_of(const Queries& a, const Heads& heads, float* scores) {
  const Floats hidden = all(-__builtin_inff());
  const Index step = heads.keys_at_once(), whole = a.keys / step, rest = a.keys - whole * step;
  Floats most = hidden, total{};
  for (Index i = 0; i < whole; ++i) most = larger(most, load(scores + i * lanes));
  Floats last = hidden;
  if (rest > 0) {
    const Ints keys = lane_numbers() >> static_cast<int>(heads.shift);
    last = keys < static_cast<int>(rest) ? load(scores + whole * lanes) : hidden;
    most = larger(most, last);
  }
  if constexpr (lanes >= 16)
    if (heads.shift <= 3) most = larger(most, rotated<8>(most));
  if constexpr (lanes >= 8)
    if (heads.shift <= 2) most = larger(most, rotated<4>(most));
  if (heads.shift <= 1) most = larger(most, rotated<2>(most));
  if (heads.shift <= 0) most = larger(most, rotated<1>(most));
  const Floats least = most * a.scale;
  for (Index i = 0; i < whole; ++i) {
    const Floats weight = exponential(load(scores + i * lanes) * a.scale - least);
    total += weight;
    store(scores + i * lanes, weight);
  }
  if (rest > 0) {
    last = exponential(last * a.scale - least);
    total += last;
    store(scores + whole * lanes, last);
  }
  if constexpr (lanes >= 16)
    if (heads.shift <= 3) total += rotated<8>(total);
  if constexpr (lanes >= 8)
    if (heads.shift <= 2) total += rotated<4>(total);
  if (heads.shift <= 1) total += rotated<2>(total);
  if (heads.shift <= 0) total += rotated<1>(total);
  return total == 0.0f ? total : 1.0f / total;  // no keys
}

/// A head's weights: one every `step` floats, to be multiplied with `factor`.
struct Weights {
  const float* at;
  Index step;
  float factor;
};

/// y = the values, each times its weight; even and odd keys apart, as additions wait for each other.
template <Index registers>
inline void mix(const Weights& weights, Index keys, const float* v, const Index* offsets, float* y) {
  Floats even[registers] = {}, odd[registers] = {};
  const float* weight = weights.at;
  Index key = 0;
  for (; key + 2 <= keys; key += 2, weight += 2 * weights.step) {
    const float *first = v + offsets[key], *second = v + offsets[key + 1];
#pragma GCC unroll 4
    for (Index i = 0; i < registers; ++i) {
      even[i] += weight[0] * load(first + i * lanes);
      odd[i] += weight[weights.step] * load(second + i * lanes);
    }
  }
  if (key < keys)
#pragma GCC unroll 4
    for (Index i = 0; i < registers; ++i) even[i] += weight[0] * load(v + offsets[key] + i * lanes);
#pragma GCC unroll 4
  for (Index i = 0; i < registers; ++i) store(y + i * lanes, (even[i] + odd[i]) * weights.factor);
}
inline void mix_part(const Weights& weights, Index keys, const float* v, const Index* offsets, float* y,
                     Part part) {
  Floats total{};
  for (Index key = 0; key < keys; ++key)
    total += weights.at[key * weights.step] * load(v + offsets[key], part);
  store(y, total * weights.factor, part);
}
inline void mix_head(const Weights& weights, const Queries& a, const float* v, const Index* offsets,
                     float* y) {
  Index i = 0;
  for (; i + 4 * lanes <= a.size; i += 4 * lanes) mix<4>(weights, a.keys, v + i, offsets, y + i);
  for (; i + 2 * lanes <= a.size; i += 2 * lanes) mix<2>(weights, a.keys, v + i, offsets, y + i);
  for (; i + lanes <= a.size; i += lanes) mix<1>(weights, a.keys, v + i, offsets, y + i);
  if (i < a.size) mix_part(weights, a.keys, v + i, offsets, y + i, Part{a.size - i});
}

/// Floats between the scores of one query and those of the next.
inline Index scores_row(const Queries& a) { return whole_registers(a.keys * heads_from(a, 0).share()); }

// Offsets of a key and a value each, behind which up to lanes more may be read.
constexpr Index offset_floats = sizeof(Index) / sizeof(float);

Index queries_scratch(const Queries& a) {
  return 2 * offset_floats * (a.keys + lanes) + a.queries * (scores_row(a) + lanes);
}

void queries(const Queries& a, float* scratch) {
  const Index room = a.keys + lanes, row = scores_row(a);
  Index *keys = reinterpret_cast<Index*>(scratch), *values = keys + room;
  float *scores = scratch + 2 * offset_floats * room, *factors = scores + a.queries * row;
  for (Index i = 0; i < a.keys; ++i) {
    const Index number = a.rows ? a.rows[i] : i;
    keys[i] = number * a.k_row;
    values[i] = number * a.v_row;
  }
  for (Index i = a.keys; i < room; ++i) keys[i] = a.keys > 0 ? keys[a.keys - 1] : 0;

  for (Index first = 0; first < a.heads;) {
    const Heads heads = heads_from(a, first);
    scores_for(heads, a.size)(a, heads, keys, scores, row);
    for (Index query = 0; query < a.queries; ++query)
      store(factors + query * lanes, exponentials_of(a, heads, scores + query * row));
    for (Index head = 0; head < heads.share(); ++head)
      for (Index query = 0; query < a.queries; ++query) {
        const Index column = heads.column + head * a.size;
        mix_head({scores + query * row + head, heads.share(), factors[query * lanes + head]}, a, a.v + column,
                 values, a.y + query * a.y_row + column);
      }
    first += heads.share();
  }
}

}  // namespace
}  // namespace heed::cpu
