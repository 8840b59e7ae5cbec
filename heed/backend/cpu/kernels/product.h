#pragma once
#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/cpu/kernels/transpose.h"

namespace heed::cpu {
namespace {

// One tile of the result stays in registers while a panel of b, packed [k][panel_columns], streams by: rows x
// vectors accumulators, and as many registers for b and for one element of a as are left of 32 or 16.
constexpr Index tile_vectors = lanes == 16 ? 4 : 2;
constexpr Index tile_rows = lanes == 4 ? 4 : 6;
constexpr Index panel_columns = tile_vectors * lanes;
// Steps of k in one go: such a panel stays in the first-level cache (32 KiB for AVX-512).
constexpr Index block_steps = 128;
// Rows in one go: the block of a that is used again for the next panel stays in the second-level cache.
constexpr Index block_rows = 96;

/// A product of at most tile_rows x panel_columns, or a column of such: c[r][n] = start[r][n] + sum over k of
/// a[r * a_row + k * a_step] b[k * b_step + n].
struct Block {
  Index rows, columns, steps;
  const float* a;
  Index a_row, a_step;
  const float* b;  // readable to whole registers
  Index b_step;
  float* c;
  Index c_row;
  const float* start;  // null: zero
  Index start_row;     // 0: the same for all rows
  float floor;         // 0 for relu; -infinity else
};

template <int rows, int vectors>
void tile(const Block& block) {
  Floats sums[rows][vectors] = {};
  if (block.start)
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r)
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v) sums[r][v] = load(block.start + r * block.start_row + v * lanes);
  // Always in the order of k and with one accumulator an element: an element's value depends on neither
  // its neighbours nor the number of threads.
  const float *a = block.a, *b = block.b;
  const Index a_row = block.a_row, a_step = block.a_step, b_step = block.b_step;
#pragma GCC unroll 2
  for (Index k = 0; k < block.steps; ++k) {
    Floats row[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) row[v] = load(b + k * b_step + v * lanes);
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
      const Floats factor = all(a[r * a_row + k * a_step]);
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v) sums[r][v] += factor * row[v];
    }
  }
  const Floats floor = all(block.floor);
#pragma GCC unroll 8
  for (int r = 0; r < rows; ++r)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v)
      store(block.c + r * block.c_row + v * lanes, sums[r][v] < floor ? floor : sums[r][v]);
}

using Tile = void (*)(const Block&);

template <int rows>
Tile tile_of(Index vectors) {
  if constexpr (tile_vectors == 4) {
    if (vectors == 4) return tile<rows, 4>;
    if (vectors == 3) return tile<rows, 3>;
  }
  return vectors == 2 ? tile<rows, 2> : tile<rows, 1>;
}

Tile tile_of(Index rows, Index vectors) {
  if constexpr (tile_rows == 6) {
    if (rows == 6) return tile_of<6>(vectors);
    if (rows == 5) return tile_of<5>(vectors);
  }
  if (rows == 4) return tile_of<4>(vectors);
  if (rows == 3) return tile_of<3>(vectors);
  return rows == 2 ? tile_of<2>(vectors) : tile_of<1>(vectors);
}

/// Tiles at the right edge go through a buffer: the result's rows end within a register.
void edge_tile(Tile run, const Block& block) {
  float buffer[tile_rows * panel_columns] = {};
  if (block.start)
    for (Index r = 0; r < block.rows; ++r)
      for (Index n = 0; n < block.columns; ++n)
        buffer[r * panel_columns + n] = block.start[r * block.start_row + n];
  Block inside = block;
  inside.c = buffer;
  inside.c_row = inside.start_row = panel_columns;
  inside.start = block.start ? buffer : nullptr;
  run(inside);
  for (Index r = 0; r < block.rows; ++r)
    for (Index n = 0; n < block.columns; ++n) block.c[r * block.c_row + n] = buffer[r * panel_columns + n];
}

/// Any number of rows, and of columns as many as a panel has.
void multiply_column(Block block) {
  const Index rows = block.rows, vectors = (block.columns + lanes - 1) / lanes;
  for (Index r = 0; r < rows; r += tile_rows) {
    block.rows = rows - r < tile_rows ? rows - r : tile_rows;
    const Tile run = tile_of(block.rows, vectors);
    if (block.columns == vectors * lanes)
      run(block);
    else
      edge_tile(run, block);
    block.a += tile_rows * block.a_row;
    block.c += tile_rows * block.c_row;
    if (block.start) block.start += tile_rows * block.start_row;
  }
}

/// to[k][panel_columns]: columns [first, first + columns) of b in `steps` steps, zeros beside them.
void pack_panel(const Product& p, Index step, Index steps, Index first, Index columns, float* to) {
  if (columns < panel_columns)
    for (Index i = 0; i < steps * panel_columns; ++i) to[i] = 0;
  const float* b = p.b + step * p.b_step + first * p.b_column;
  if (p.b_step == 1) {
    transpose(b, p.b_column, columns, steps, to, panel_columns);
  } else {
    for (Index k = 0; k < steps; ++k)
      sweep(columns, [&](Index n, auto part) {
        store(to + k * panel_columns + n, load(b + k * p.b_step + n, part), part);
      });
  }
}

/// One panel of packed columns, from `step` on, against a block of rows.
void multiply_panel(const Product& p, Index row, Index rows, Index step, Index column, const float* panel) {
  const Index steps = p.k - step < block_steps ? p.k - step : block_steps;
  const Index columns = p.n - column < panel_columns ? p.n - column : panel_columns;
  const bool first = step == 0, last = step + steps == p.k;
  float* c = p.c + row * p.c_row + column;
  Block block{rows,
              columns,
              steps,
              p.a + row * p.a_row + step * p.a_step,
              p.a_row,
              p.a_step,
              panel,
              panel_columns,
              c,
              p.c_row,
              c,
              p.c_row,
              last ? p.floor : -__builtin_inff()};
  if (first && !p.accumulate) {
    block.start = p.bias ? p.bias + column : nullptr;
    block.start_row = 0;
  }
  multiply_column(block);
}

/// Panels that are packed at once: as many as half of a second-level cache holds, but at least 4, so that a
/// long a is not read again and again.
Index panels_at_once(Index k) {
  const Index fitting = (512 * 1024 / 4) / (k * panel_columns + 1);
  return fitting < 4 ? 4 : fitting;
}

Index product_scratch(const Product& p) {
  const Index panels = (p.n + panel_columns - 1) / panel_columns, most = panels_at_once(p.k);
  return (panels < most ? panels : most) * p.k * panel_columns;
}

/// Few rows: each block of b is used once, from the first-level cache.
void few_rows_product(const Product& p, float* scratch) {
  for (Index column = 0; column < p.n; column += panel_columns)
    for (Index step = 0; step < p.k; step += block_steps) {
      const Index steps = p.k - step < block_steps ? p.k - step : block_steps;
      const Index columns = p.n - column < panel_columns ? p.n - column : panel_columns;
      pack_panel(p, step, steps, column, columns, scratch);
      multiply_panel(p, 0, p.m, step, column, scratch);
    }
}

void product(const Product& p, float* scratch) {
  if (p.m <= block_rows) {
    few_rows_product(p, scratch);
    return;
  }
  const Index group = panels_at_once(p.k) * panel_columns;
  for (Index n = 0; n < p.n; n += group) {
    const Index end = p.n - n < group ? p.n : n + group;
    for (Index column = n; column < end; column += panel_columns)
      pack_panel(p, 0, p.k, column, end - column < panel_columns ? end - column : panel_columns,
                 scratch + (column - n) * p.k);
    for (Index row = 0; row < p.m; row += block_rows) {
      const Index rows = p.m - row < block_rows ? p.m - row : block_rows;
      for (Index step = 0; step < p.k; step += block_steps)
        for (Index column = n; column < end; column += panel_columns)
          multiply_panel(p, row, rows, step, column, scratch + (column - n) * p.k + step * panel_columns);
    }
  }
}

}  // namespace
}  // namespace heed::cpu
