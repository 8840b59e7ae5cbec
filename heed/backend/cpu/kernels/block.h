#pragma once
#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/cpu/kernels/words.h"

namespace heed::cpu {
namespace {

// One tile of the result stays in registers while a panel of b, packed [words][panel_columns], streams by:
// rows x vectors accumulators, and as many registers for b and for one word of a as are left of 32 or 16.
constexpr Index tile_vectors = lanes == 16 ? 4 : 2;
constexpr Index tile_rows = lanes == 4 ? 4 : 6;
constexpr Index panel_columns = tile_vectors * lanes;
/// A product of at most tile_rows x panel_columns, or a column of such: c[r][n] = start[r][n] + sum over w of
/// a[r * a_row + w * a_word] b[w * b_word + n].
template <class Dot>
struct Block {
  using Word = Dot::Word;
  Index rows, columns, words;
  const Word* a;
  Index a_row, a_word;
  const Word* b;  // readable to whole registers
  Index b_word;
  float* c;
  Index c_row;
  const float* start;  // null: zero
  Index start_row;     // 0: the same for all rows
  float floor;         // 0 for relu; -infinity else
  // Of whole numbers alone: what a row's and a column's numbers are multiplied with, and what the offset of a
  // has added to each column's sum. Readable to whole registers.
  const float *row_scales = nullptr, *column_scales = nullptr;
  const int* surplus = nullptr;
};

template <class Dot, int rows, int vectors>
void tile(const Block<Dot>& block) {
  constexpr bool whole_numbers = requires { Dot::offset; };
  typename Dot::Sum sums[rows][vectors] = {};
  if constexpr (!whole_numbers)
    if (block.start)
#pragma GCC unroll 8
      for (int r = 0; r < rows; ++r)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) sums[r][v] = load(block.start + r * block.start_row + v * lanes);
  // Always in the order of the words and with one accumulator an element: an element's value depends on
  // neither its neighbors nor the number of threads.
  const auto *a = block.a, *b = block.b;
  const Index a_row = block.a_row, a_word = block.a_word, b_word = block.b_word;
#pragma GCC unroll 2
  for (Index w = 0; w < block.words; ++w) {
    typename Dot::Factor row[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) row[v] = Dot::columns(b + w * b_word + v * lanes);
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
      const typename Dot::Factor factor = Dot::everywhere(a[r * a_row + w * a_word]);
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v) sums[r][v] = Dot::add(sums[r][v], factor, row[v]);
    }
  }
  const Floats floor = all(block.floor);
#pragma GCC unroll 8
  for (int r = 0; r < rows; ++r)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) {
      Floats value;
      if constexpr (whole_numbers) {
        const Ints sum = sums[r][v] - load_ints(block.surplus + v * lanes);
        value = __builtin_convertvector(sum, Floats) *
                (all(block.row_scales[r]) * load(block.column_scales + v * lanes));
        if (block.start) value += load(block.start + r * block.start_row + v * lanes);
      } else {
        value = sums[r][v];
      }
      store(block.c + r * block.c_row + v * lanes, value < floor ? floor : value);
    }
}

template <class Dot>
using Tile = void (*)(const Block<Dot>&);

template <class Dot, int rows>
Tile<Dot> tile_of(Index vectors) {
  if constexpr (tile_vectors == 4) {
    if (vectors == 4) return tile<Dot, rows, 4>;
    if (vectors == 3) return tile<Dot, rows, 3>;
  }
  return vectors == 2 ? tile<Dot, rows, 2> : tile<Dot, rows, 1>;
}

template <class Dot>
Tile<Dot> tile_of(Index rows, Index vectors) {
  if constexpr (tile_rows == 6) {
    if (rows == 6) return tile_of<Dot, 6>(vectors);
    if (rows == 5) return tile_of<Dot, 5>(vectors);
  }
  if (rows == 4) return tile_of<Dot, 4>(vectors);
  if (rows == 3) return tile_of<Dot, 3>(vectors);
  return rows == 2 ? tile_of<Dot, 2>(vectors) : tile_of<Dot, 1>(vectors);
}

/// Tiles at the right edge go through a buffer: the result's rows end within a register.
template <class Dot>
void edge_tile(Tile<Dot> run, const Block<Dot>& block) {
  float buffer[tile_rows * panel_columns] = {};
  if (block.start)
    for (Index r = 0; r < block.rows; ++r)
      for (Index n = 0; n < block.columns; ++n)
        buffer[r * panel_columns + n] = block.start[r * block.start_row + n];
  Block<Dot> inside = block;
  inside.c = buffer;
  inside.c_row = inside.start_row = panel_columns;
  inside.start = block.start ? buffer : nullptr;
  run(inside);
  for (Index r = 0; r < block.rows; ++r)
    for (Index n = 0; n < block.columns; ++n) block.c[r * block.c_row + n] = buffer[r * panel_columns + n];
}

/// Any number of rows, and of columns as many as a panel has.
template <class Dot>
void multiply_column(Block<Dot> block) {
  const Index rows = block.rows, vectors = (block.columns + lanes - 1) / lanes;
  for (Index r = 0; r < rows; r += tile_rows) {
    block.rows = rows - r < tile_rows ? rows - r : tile_rows;
    const Tile<Dot> run = tile_of<Dot>(block.rows, vectors);
    if (block.columns == vectors * lanes)
      run(block);
    else
      edge_tile<Dot>(run, block);
    block.a += tile_rows * block.a_row;
    block.c += tile_rows * block.c_row;
    if (block.start) block.start += tile_rows * block.start_row;
    if (block.row_scales) block.row_scales += tile_rows;
  }
}

}  // namespace
}  // namespace heed::cpu
