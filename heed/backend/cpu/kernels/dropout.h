#pragma once
#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

constexpr Index dropout_group = 8 * lanes;  // elements that one call draws: 8 from the block in each lane

/// What the elements from 8 * block on are multiplied with: heed/backend/dropout.h says how, one at a time.
inline void draw_factors(const Mask& mask, unsigned long block, float* factors) {
  unsigned words[4 * lanes];
  for (Index i = 0; i < lanes; ++i) {
    const unsigned long number = block + static_cast<unsigned long>(i);
    unsigned c0 = static_cast<unsigned>(number), c1 = static_cast<unsigned>(number >> 32);
    unsigned c2 = mask.stream[0], c3 = mask.stream[1], k0 = mask.key[0], k1 = mask.key[1];
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const unsigned long a = 0xD2511F53ul * c0, b = 0xCD9E8D57ul * c2;
      c0 = static_cast<unsigned>(b >> 32) ^ c1 ^ k0;
      c1 = static_cast<unsigned>(b);
      c2 = static_cast<unsigned>(a >> 32) ^ c3 ^ k1;
      c3 = static_cast<unsigned>(a);
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    words[4 * i] = c0;
    words[4 * i + 1] = c1;
    words[4 * i + 2] = c2;
    words[4 * i + 3] = c3;
  }
  for (Index i = 0; i < 4 * lanes; ++i) {
    factors[2 * i] = (words[i] & 0xFFFF) < mask.threshold ? 0.0f : mask.scale;
    factors[2 * i + 1] = (words[i] >> 16) < mask.threshold ? 0.0f : mask.scale;
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
