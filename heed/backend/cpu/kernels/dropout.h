#pragma once
#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

constexpr Index dropout_group = 8 * lanes;  // elements that one call draws: 8 from the block in each lane

using Longs [[gnu::vector_size(__BIGGEST_ALIGNMENT__)]] = unsigned long;

/// Groups of `size` lanes from a and from b by turns: from their lower halves, or from their upper ones.
template <Index size, bool upper, class Vector>
[[gnu::always_inline]] inline Vector zip(Vector a, Vector b) {
  Ints from{};
  for (Index i = 0; i < lanes; ++i) {
    const Index group = i / size, source = group / 2 * size + i % size + (upper ? lanes / 2 : 0);
    from[i] = static_cast<int>(group % 2 == 0 ? source : lanes + source);
  }
  return __builtin_shuffle(a, b, from);
}

struct Wide {
  Words high, low;
};
[[gnu::always_inline]] inline Wide multiply_wide(Words x, unsigned factor) {
  constexpr unsigned long lower = 0xFFFFFFFF;
  const Longs pairs = reinterpret_cast<Longs>(x);
  const Longs even = (pairs & lower) * factor, odd = (pairs >> 32) * factor;
  return {reinterpret_cast<Words>((even >> 32) | (odd & ~lower)),
          reinterpret_cast<Words>((even & lower) | (odd << 32))};
}

/// What the elements from 8 * block on are multiplied with: heed/backend/dropout.h says how, one at a time.
inline void draw_factors(const Mask& mask, unsigned long block, float* factors) {
  Words c0{}, c1{};
  for (Index i = 0; i < lanes; ++i) {
    const unsigned long number = block + static_cast<unsigned long>(i);
    c0[i] = static_cast<unsigned>(number);
    c1[i] = static_cast<unsigned>(number >> 32);
  }
  Words c2 = Words{} + mask.stream[0], c3 = Words{} + mask.stream[1];
  unsigned k0 = mask.key[0], k1 = mask.key[1];
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const Wide a = multiply_wide(c0, 0xD2511F53), b = multiply_wide(c2, 0xCD9E8D57);
    c0 = b.high ^ c1 ^ k0;
    c1 = b.low;
    c2 = a.high ^ c3 ^ k1;
    c3 = a.low;
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  // From a word of each block in a register to a block's four words side by side.
  const Words a = zip<1, false>(c0, c1), b = zip<1, false>(c2, c3), c = zip<1, true>(c0, c1),
              d = zip<1, true>(c2, c3);
  const Words blocks[4] = {zip<2, false>(a, b), zip<2, true>(a, b), zip<2, false>(c, d), zip<2, true>(c, d)};
#pragma GCC unroll 4
  for (Index i = 0; i < 4; ++i) {
    const Floats low = (blocks[i] & 0xFFFFu) < mask.threshold ? Floats{} : all(mask.scale);
    const Floats high = (blocks[i] >> 16) < mask.threshold ? Floats{} : all(mask.scale);
    store(factors + 2 * i * lanes, zip<1, false>(low, high));
    store(factors + (2 * i + 1) * lanes, zip<1, true>(low, high));
  }
}

/// body(start, factors, count) for consecutive parts of n elements, the first of which has the number
/// `first`.
template <class Body>
[[gnu::always_inline]] inline void with_dropout(const Mask& mask, Index first, Index n, const Body& body) {
  float factors[dropout_group];
  for (Index start = 0; start < n;) {
    const Index number = first + start, skipped = number % 8;
    draw_factors(mask, static_cast<unsigned long>(number / 8), factors);
    const Index count = n - start < dropout_group - skipped ? n - start : dropout_group - skipped;
    body(start, factors + skipped, count);
    start += count;
  }
}

}  // namespace
}  // namespace heed::cpu
