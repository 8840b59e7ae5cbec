#pragma once
#include "heed/backend/cpu/kernels/block.h"

// Products in the tiles of Intel's Advanced Matrix Extensions: eight registers of 16 rows of 64 bytes. One
// instruction multiplies 16 rows of a, 16 words of each, by 16 words of 16 columns of b, which lie as panels
// are packed for the vectors' instructions too. Four tiles hold sums, two rows of a and two columns of b. All
// tiles are always whole, so that an element's value does not depend on its neighbors; beyond the last row
// and column they hold whatever lies there.

namespace heed::cpu {
namespace {

constexpr Index amx_rows = 16, amx_columns = 16, amx_words = 16;

/// Makes the calling thread's tiles ready as long as it lives; does nothing where tiles are not used.
template <bool tiles>
struct TilesInUse {};

#if defined(__AMX_BF16__)
template <>
struct TilesInUse<true> {
  TilesInUse() {
    struct alignas(64) {
      unsigned char palette = 1, start_row = 0, reserved[14] = {};
      unsigned short bytes_of_row[16] = {64, 64, 64, 64, 64, 64, 64, 64};
      unsigned char rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
    } shapes;
    asm volatile("ldtilecfg %0" ::"m"(shapes));
  }
  TilesInUse(const TilesInUse&) = delete;
  TilesInUse& operator=(const TilesInUse&) = delete;
  // Tiles that are in use make each change of threads dearer.
  ~TilesInUse() { asm volatile("tilerelease" ::: "memory"); }
};

// The compiler's own functions take the number of a tile as it is spelled, not as a template's argument.
template <int number>
[[gnu::always_inline]] inline void clear_tile() {
  asm volatile("tilezero %%tmm%c0" ::"i"(number));
}
/// Rows that are `stride` words apart.
template <int number>
[[gnu::always_inline]] inline void load_tile(const void* from, Index stride) {
  asm volatile("tileloadd (%1,%2,1), %%tmm%c0" ::"i"(number), "r"(from), "r"(stride * 4) : "memory");
}
template <int number>
[[gnu::always_inline]] inline void store_tile(void* to, Index stride) {
  asm volatile("tilestored %%tmm%c0, (%1,%2,1)" ::"i"(number), "r"(to), "r"(stride * 4) : "memory");
}
/// Adds the products of the tiles a and b.
template <int sum, int a, int b>
[[gnu::always_inline]] inline void multiply_tiles(BFloat16Dot) {
  asm volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(sum), "i"(a), "i"(b));
}
template <int sum, int a, int b>
[[gnu::always_inline]] inline void multiply_tiles(Int8Dot) {
  // Numbers of a have their offset and no sign.
  asm volatile("tdpbusd %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(sum), "i"(a), "i"(b));
}

/// Where a tile of the result lies within its block, and how much of it there is.
struct Corner {
  Index row, column, rows, columns;
  bool whole() const { return rows == amx_rows && columns == amx_columns; }
};

/// What the sum of a tile of the result begins with.
template <int number, class Dot>
[[gnu::always_inline]] inline void begin_tile(const Block<Dot>& block, const Corner& at) {
  if constexpr (requires { Dot::offset; }) {
    clear_tile<number>();
  } else {
    if (!block.start) return clear_tile<number>();
    const float* start = block.start + at.row * block.start_row + at.column;
    if (at.columns == amx_columns && (block.start_row == 0 || at.rows == amx_rows))
      return load_tile<number>(start, block.start_row);
    float buffer[amx_rows * amx_columns];
    for (Index r = 0; r < at.rows; ++r)
      store(buffer + r * amx_columns, load_before(start + r * block.start_row, 0, at.columns));
    load_tile<number>(buffer, amx_columns);
  }
}

/// One row of a tile of sums of whole numbers, as floats.
[[gnu::always_inline]] inline Floats row_of_sums(const Block<Int8Dot>& block, const Corner& at, Index row,
                                                 const float* sums) {
  const Ints sum = (Ints)load(sums) - load_ints(block.surplus + at.column);
  const Floats value = __builtin_convertvector(sum, Floats) *
                       (all(block.row_scales[at.row + row]) * load(block.column_scales + at.column));
  if (!block.start) return value;
  return value + load_before(block.start + (at.row + row) * block.start_row + at.column, 0, at.columns);
}
[[gnu::always_inline]] inline Floats row_of_sums(const Block<BFloat16Dot>&, const Corner&, Index,
                                                 const float* sums) {
  return load(sums);
}

template <int number, class Dot>
[[gnu::always_inline]] inline void end_tile(const Block<Dot>& block, const Corner& at) {
  float* c = block.c + at.row * block.c_row + at.column;
  constexpr bool floats = !requires { Dot::offset; };
  if (floats && at.whole() && block.floor == -__builtin_inff()) return store_tile<number>(c, block.c_row);
  float buffer[amx_rows * amx_columns];
  store_tile<number>(buffer, amx_columns);
  const Floats floor = all(block.floor);
  for (Index r = 0; r < at.rows; ++r) {
    const Floats value = row_of_sums(block, at, r, buffer + r * amx_columns);
    const Floats result = value < floor ? floor : value;
    if (at.columns == amx_columns)
      store(c + r * block.c_row, result);
    else
      store(c + r * block.c_row, result, Part{at.columns});
  }
}

/// down x across tiles of the result, from `row` and `column` of the block on.
template <class Dot, int down, int across>
void amx_block(const Block<Dot>& block, Index row, Index column) {
  const auto corner = [&](Index y, Index x) {
    const Index r = row + y * amx_rows, n = column + x * amx_columns;
    return Corner{r, n, block.rows - r < amx_rows ? block.rows - r : amx_rows,
                  block.columns - n < amx_columns ? block.columns - n : amx_columns};
  };
  begin_tile<0>(block, corner(0, 0));
  if constexpr (across == 2) begin_tile<1>(block, corner(0, 1));
  if constexpr (down == 2) begin_tile<2>(block, corner(1, 0));
  if constexpr (down == 2 && across == 2) begin_tile<3>(block, corner(1, 1));
  const auto *a = block.a + row * block.a_row, *b = block.b + column;
  for (Index w = 0; w < block.words; w += amx_words, a += amx_words, b += amx_words * block.b_word) {
    load_tile<6>(b, block.b_word);
    load_tile<4>(a, block.a_row);
    multiply_tiles<0, 4, 6>(Dot{});
    if constexpr (across == 2) {
      load_tile<7>(b + amx_columns, block.b_word);
      multiply_tiles<1, 4, 7>(Dot{});
    }
    if constexpr (down == 2) {
      load_tile<5>(a + amx_rows * block.a_row, block.a_row);
      multiply_tiles<2, 5, 6>(Dot{});
      if constexpr (across == 2) multiply_tiles<3, 5, 7>(Dot{});
    }
  }
  end_tile<0>(block, corner(0, 0));
  if constexpr (across == 2) end_tile<1>(block, corner(0, 1));
  if constexpr (down == 2) end_tile<2>(block, corner(1, 0));
  if constexpr (down == 2 && across == 2) end_tile<3>(block, corner(1, 1));
}

/// As multiply_column, for words of a that lie row by row (a_word is 1), whole tiles of rows being readable,
/// and of a multiple of amx_words.
template <class Dot>
void multiply_column_in_tiles(const Block<Dot>& block) {
  // So few rows leave most of a tile unused. Sums of whole numbers are exact either way.
  if constexpr (requires { Dot::offset; })
    if (block.rows <= 3) return multiply_column(block);
  for (Index column = 0; column < block.columns; column += 2 * amx_columns) {
    const bool across = block.columns - column > amx_columns;
    for (Index row = 0; row < block.rows; row += 2 * amx_rows) {
      const bool down = block.rows - row > amx_rows;
      (down     ? across ? amx_block<Dot, 2, 2> : amx_block<Dot, 2, 1>
           : across ? amx_block<Dot, 1, 2>
                : amx_block<Dot, 1, 1>)(block, row, column);
    }
  }
}
#else
template <class Dot>
void multiply_column_in_tiles(const Block<Dot>&) {}
#endif

}  // namespace
}  // namespace heed::cpu
