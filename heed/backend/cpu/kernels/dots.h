#pragma once
#include "heed/backend/cpu/kernels/vector.h"
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace heed::cpu {
namespace {

// A product of matrices multiplies words: the elements of `group` steps of the reduction, side by side in 32
// bits. A word of a row of a meets a register of words of b, one for each column, and their products are
// added to one sum a column.

using LooseWords [[gnu::vector_size(__BIGGEST_ALIGNMENT__), gnu::aligned(4), gnu::may_alias]] = unsigned;

[[gnu::always_inline]] inline Words all_words(unsigned value) { return Words{} + value; }
[[gnu::always_inline]] inline Words load_words(const unsigned* from) {
  return *reinterpret_cast<const LooseWords*>(from);
}
[[gnu::always_inline]] inline void store_words(unsigned* to, Words words) {
  *reinterpret_cast<LooseWords*>(to) = words;
}

struct Float32Dot {
  using Word = float;
  using Factor = Floats;
  using Sum = Floats;
  static constexpr Index group = 1, whole = 1;
  static constexpr bool tiles = false;
  [[gnu::always_inline]] static Factor everywhere(Word word) { return all(word); }
  [[gnu::always_inline]] static Factor columns(const Word* words) { return load(words); }
  [[gnu::always_inline]] static Sum add(Sum sum, Factor a, Factor b) { return sum + a * b; }
};

/// Words that hold several steps. Processors with AMX multiply tiles of 16 words of 16 rows with those of 16
/// columns.
struct SteppedDot {
#if defined(__AMX_BF16__)
  static constexpr bool tiles = true;
  static constexpr Index whole = 16;
#else
  static constexpr bool tiles = false;
  static constexpr Index whole = 1;
#endif
  using Word = unsigned;
  using Factor = Words;
  [[gnu::always_inline]] static Factor everywhere(Word word) { return all_words(word); }
  [[gnu::always_inline]] static Factor columns(const Word* words) { return load_words(words); }
};

/// Two steps, each rounded to bfloat16, the earlier one in the lower half.
struct BFloat16Dot : SteppedDot {
  using Sum = Floats;
  static constexpr Index group = 2;
  [[gnu::always_inline]] static Sum add(Sum sum, Factor a, Factor b) {
#if defined(__AVX512BF16__)
    return (Floats)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
#else
    sum += (Floats)(a << 16) * (Floats)(b << 16);
    return sum + (Floats)(a & 0xFFFF0000u) * (Floats)(b & 0xFFFF0000u);
#endif
  }

  /// Words of two floats, lane by lane.
  [[gnu::always_inline]] static Words paired(Floats low, Floats high) {
#if defined(__AVX512BF16__)
    // The lanes of low, then those of high; the shuffle brings each beside its partner.
    const auto halves = (__m512i)_mm512_cvtne2ps_pbh((__m512)high, (__m512)low);
    alignas(64) static constexpr unsigned short zip[32] = {0,  16, 1,  17, 2,  18, 3,  19, 4,  20, 5,
                                                           21, 6,  22, 7,  23, 8,  24, 9,  25, 10, 26,
                                                           11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
    return (Words)_mm512_permutexvar_epi16(_mm512_load_si512(zip), halves);
#else
    return (rounded(low) >> 16) | (rounded(high) & 0xFFFF0000u);
#endif
  }
  /// Words of neighboring floats: those of `first`, then those of `second`.
  [[gnu::always_inline]] static Words neighbors(Floats first, Floats second) {
#if defined(__AVX512BF16__)
    return (Words)_mm512_cvtne2ps_pbh((__m512)second, (__m512)first);
#else
    Ints even{}, odd{};
    for (Index i = 0; i < lanes; ++i) even[i] = static_cast<int>(2 * i), odd[i] = static_cast<int>(2 * i + 1);
    return paired(__builtin_shuffle(first, second, even), __builtin_shuffle(first, second, odd));
#endif
  }

 private:
  /// To the nearest, ties to even; a float that is no number stays none.
  [[gnu::always_inline]] static Words rounded(Floats x) {
    const Words word = (Words)x;
    const Words near = word + 0x7FFFu + ((word >> 16) & 1u);
    return (x == x) ? near : (word | 0x400000u);
  }
};

/// Whole numbers from -127 to 127. With VNNI four steps of 8 bits, those of a with 128 added; else two of 16
/// bits.
struct Int8Dot : SteppedDot {
  using Sum = Ints;
#if defined(__AVX512VNNI__) || defined(__AVXVNNI__)
  static constexpr Index group = 4;
  static constexpr int offset = 128;
#else
  static constexpr Index group = 2;
  static constexpr int offset = 0;
#endif
  [[gnu::always_inline]] static Sum add(Sum sum, Factor a, Factor b) {
#if defined(__AVX512VNNI__)
    return (Ints)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)a, (__m512i)b);
#elif defined(__AVXVNNI__)
    return (Ints)_mm256_dpbusd_avx_epi32((__m256i)sum, (__m256i)a, (__m256i)b);
#elif defined(__AVX512BW__)
    return sum + (Ints)_mm512_madd_epi16((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return sum + (Ints)_mm256_madd_epi16((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
    return sum + (Ints)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
    sum += ((Ints)(a << 16) >> 16) * ((Ints)(b << 16) >> 16);
    return sum + ((Ints)a >> 16) * ((Ints)b >> 16);
#endif
  }
};

}  // namespace
}  // namespace heed::cpu
