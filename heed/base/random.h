#pragma once
#include <array>
#include <cstdint>

namespace heed {

/// Four random words that depend on key and counter alone: Philox4x32-10 of Salmon et al., "Parallel random
/// numbers: as easy as 1, 2, 3" (2011). No state: the same question has the same answer on every machine.
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 2> key,
                                              std::array<std::uint32_t, 4> counter) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

/// A sequence of random numbers named by (seed, stream); a standard uniform random bit generator.
/// Streams of one seed are independent of each other: give each purpose its own.
class Random {
 public:
  using result_type = std::uint32_t;

  explicit Random(std::uint64_t seed, std::uint64_t stream = 0) : seed_(seed), stream_(stream) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return 0xFFFFFFFF; }

  result_type operator()() {
    if (next_ % 4 == 0)
      block_ = philox(halves(seed_), {low(next_ / 4), high(next_ / 4), low(stream_), high(stream_)});
    return block_[next_++ % 4];
  }

  /// In [0, 1), on a grid of 2^-24.
  float uniform() { return static_cast<float>((*this)() >> 8) * 0x1p-24f; }
  /// In [0, bound), without bias worth mentioning (below 2^-32 * bound).
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{(*this)()} * bound) >> 32);
  }
  /// Normally distributed with mean 0 and variance 1.
  float normal();

 private:
  static constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
  static constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
  static constexpr std::array<std::uint32_t, 2> halves(std::uint64_t x) { return {low(x), high(x)}; }

  std::uint64_t seed_, stream_, next_ = 0;
  std::array<std::uint32_t, 4> block_{};
};

}  // namespace heed
