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
// Words of a column in one go: such a panel stays in the first-level cache (32 KiB for AVX-512).
constexpr Index block_words = 128;
// Rows in one go: the block of a that is used again for the next panel stays in the second-level cache.
constexpr Index block_rows = 96;

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

/// to[words][panel_columns]: columns [first, first + columns) of b in `steps` steps from `step` on, zeros
/// beside them.
inline void pack_panel(Float32Dot, const Product& p, Index step, Index steps, Index first, Index columns,
                       float* to, float*) {
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

/// rows[panel_columns][width] to to[width][panel_columns].
inline void transpose_words(const unsigned* rows, Index width, Index columns, Index words, unsigned* to) {
  if (columns < panel_columns)
    for (Index i = 0; i < words * panel_columns; ++i) to[i] = 0;
  transpose(reinterpret_cast<const float*>(rows), width, columns, words, reinterpret_cast<float*>(to),
            panel_columns);
}

/// `rows` has room for the words of a panel and two registers more for each column.
inline void pack_panel(BFloat16Dot dot, const Product& p, Index step, Index steps, Index first, Index columns,
                       unsigned* to, unsigned* rows) {
  const Index words = words_of(steps, BFloat16Dot::group);
  const float* b = p.b + step * p.b_step + first * p.b_column;
  if (p.b_step == 1) {
    const Index width = words + 2 * lanes;
    for (Index n = 0; n < columns; ++n) row_words(dot, b + n * p.b_column, steps, rows + n * width);
    transpose_words(rows, width, columns, words, to);
    return;
  }
  for (Index w = 0; w < words; ++w) {
    const float *low = b + 2 * w * p.b_step, *high = low + p.b_step;
    const bool two = 2 * w + 1 < steps;
    for (Index n = 0; n < panel_columns; n += lanes)
      store_words(
          to + w * panel_columns + n,
          BFloat16Dot::paired(load_before(low, n, columns), two ? load_before(high, n, columns) : Floats{}));
  }
}

/// Packs whole columns alone, b_step being 1: their scales and surplus go beside the panel.
inline void pack_panel(Int8Dot dot, const Product& p, Index first, Index columns, unsigned* to,
                       unsigned* rows, float* scales, int* surplus) {
  const Index words = words_of(p.k, Int8Dot::group), width = words + 2 * lanes;
  for (Index n = 0; n < panel_columns; ++n) scales[n] = 0, surplus[n] = 0;
  for (Index n = 0; n < columns; ++n) {
    unsigned* column = rows + n * width;
    scales[n] = row_words(dot, p.b + (first + n) * p.b_column, p.k, 0, column);
    if (Int8Dot::offset == 0) continue;
    const auto* numbers = reinterpret_cast<const signed char*>(column);
    int sum = 0;
    for (Index k = 0; k < p.k; ++k) sum += numbers[k];
    surplus[n] = sum * Int8Dot::offset;
  }
  transpose_words(rows, width, columns, words, to);
}

/// Rows of a as words: row r has word w at `at[r * row + w * word]`.
template <class Dot>
struct Rows {
  const Dot::Word* at;
  Index row, word;
  const float* scales;
};

/// 32-bit words of memory that so many rows of a take.
template <class Dot>
Index rows_memory(const Product& p, Index rows) {
  if (Dot::group == 1) return 0;
  const Index words = words_of(p.k, Dot::group);
  if (p.a_step != 1) return words * whole_registers(rows);
  return rows * (words + 2 * lanes) + whole_registers(rows);
}

inline Rows<Float32Dot> rows_of(Float32Dot, const Product& p, Index first, Index, float*) {
  return {p.a + first * p.a_row, p.a_row, p.a_step, nullptr};
}

inline Rows<BFloat16Dot> rows_of(BFloat16Dot dot, const Product& p, Index first, Index rows,
                                 unsigned* memory) {
  const Index words = words_of(p.k, BFloat16Dot::group);
  const float* a = p.a + first * p.a_row;
  if (p.a_step == 1) {
    const Index width = words + 2 * lanes;
    for (Index r = 0; r < rows; ++r) row_words(dot, a + r * p.a_row, p.k, memory + r * width);
    return {memory, width, 1, nullptr};
  }
  const Index width = whole_registers(rows);
  for (Index w = 0; w < words; ++w) {
    const float *low = a + 2 * w * p.a_step, *high = low + p.a_step;
    const bool two = 2 * w + 1 < p.k;
    for (Index r = 0; r < rows; r += lanes)
      store_words(memory + w * width + r, BFloat16Dot::paired(load_before(low, r, rows),
                                                              two ? load_before(high, r, rows) : Floats{}));
  }
  return {memory, 1, width, nullptr};
}

inline Rows<Int8Dot> rows_of(Int8Dot dot, const Product& p, Index first, Index rows, unsigned* memory) {
  const Index width = words_of(p.k, Int8Dot::group) + 2 * lanes;
  auto* scales = reinterpret_cast<float*>(memory + rows * width);
  for (Index r = 0; r < rows; ++r)
    scales[r] = row_words(dot, p.a + (first + r) * p.a_row, p.k, Int8Dot::offset, memory + r * width);
  return {memory, width, 1, scales};
}

/// One panel of packed columns, from word `word` on, against rows [row, row + rows) of p that are a's from
/// `within` on.
template <class Dot>
void multiply_panel(const Product& p, const Rows<Dot>& a, Index within, Index row, Index rows, Index word,
                    Index words, Index column, const typename Dot::Word* panel) {
  const Index columns = p.n - column < panel_columns ? p.n - column : panel_columns;
  const bool first = word == 0, last = word + words == words_of(p.k, Dot::group);
  float* c = p.c + row * p.c_row + column;
  Block<Dot> block{};
  block.rows = rows;
  block.columns = columns;
  block.words = words;
  block.a = a.at + within * a.row + word * a.word;
  block.a_row = a.row;
  block.a_word = a.word;
  block.b = panel;
  block.b_word = panel_columns;
  block.c = c;
  block.c_row = p.c_row;
  block.start = c;
  block.start_row = p.c_row;
  block.floor = last ? p.floor : -__builtin_inff();
  if (first && !p.accumulate) {
    block.start = p.bias ? p.bias + column : nullptr;
    block.start_row = 0;
  }
  if (a.scales) {
    block.row_scales = a.scales + within;
    block.column_scales = p.panels.scales + column;
    block.surplus = p.panels.surplus + column;
  }
  multiply_column(block);
}

/// Panels that are packed at once: as many as half of a second-level cache holds, but at least 4, so that a
/// long a is not read again and again.
constexpr Index panels_at_once(Index words) {
  const Index fitting = (512 * 1024 / 4) / (words * panel_columns + 1);
  return fitting < 4 ? 4 : fitting;
}

/// Rows of a that are made words at once: 2 MiB of them, in whole tiles.
template <class Dot>
Index rows_at_once(const Product& p) {
  if (Dot::group == 1) return p.m;
  const Index fitting = (2048 * 1024 / 4) / (words_of(p.k, Dot::group) + 1) / tile_rows * tile_rows;
  const Index rows = fitting < block_rows ? block_rows : fitting;
  return rows < p.m ? rows : p.m;
}

/// Memory for the rows that pack_panel turns into columns.
template <class Dot>
Index packing_memory(const Product& p) {
  if (Dot::group == 1 || p.b_step != 1) return 0;
  return panel_columns * (words_of(p.k, Dot::group) + 2 * lanes);
}

template <class Dot>
Index product_memory(const Product& p) {
  const Index a = rows_memory<Dot>(p, rows_at_once<Dot>(p));
  if (p.panels.words) return a;
  const Index words = words_of(p.k, Dot::group), panels = (p.n + panel_columns - 1) / panel_columns,
              most = panels_at_once(words);
  return a + packing_memory<Dot>(p) + (panels < most ? panels : most) * words * panel_columns;
}

/// Few rows against panels: each is used once, from start to end.
template <class Dot>
void few_rows_product(const Product& p, const Rows<Dot>& a) {
  const Index words = words_of(p.k, Dot::group);
  const auto* panel = static_cast<const typename Dot::Word*>(p.panels.words);
  for (Index column = 0; column < p.n; column += panel_columns, panel += words * panel_columns)
    multiply_panel<Dot>(p, a, 0, 0, p.m, 0, words, column, panel);
}

/// Few rows: each block of b is packed and used at once, in the first-level cache.
template <class Dot>
void few_rows_product(const Product& p, const Rows<Dot>& a, typename Dot::Word* panel,
                      typename Dot::Word* packing) {
  constexpr Index steps_at_once = block_words * Dot::group;
  for (Index column = 0; column < p.n; column += panel_columns)
    for (Index step = 0; step < p.k; step += steps_at_once) {
      const Index steps = p.k - step < steps_at_once ? p.k - step : steps_at_once;
      const Index columns = p.n - column < panel_columns ? p.n - column : panel_columns;
      pack_panel(Dot{}, p, step, steps, column, columns, panel, packing);
      multiply_panel<Dot>(p, a, 0, 0, p.m, step / Dot::group, words_of(steps, Dot::group), column, panel);
    }
}

template <class Dot>
void product_of(const Product& p, void* memory) {
  using Word = Dot::Word;
  constexpr bool whole_numbers = requires { Dot::offset; };
  const Index words = words_of(p.k, Dot::group), chunk = rows_at_once<Dot>(p);
  const Index words_at_once = whole_numbers ? words : block_words;
  Word* const row_words = static_cast<Word*>(memory);
  Word* const packing = row_words + rows_memory<Dot>(p, chunk);
  Word* const packed = packing + packing_memory<Dot>(p);
  for (Index top = 0; top < p.m; top += chunk) {
    const Index below = p.m - top < chunk ? p.m : top + chunk;
    const Rows<Dot> a = rows_of(Dot{}, p, top, below - top, row_words);
    if (p.m <= block_rows) {
      if (p.panels.words) {
        few_rows_product<Dot>(p, a);
      } else if constexpr (!whole_numbers) {
        few_rows_product<Dot>(p, a, packed, packing);
      }
      return;
    }
    const Index group = p.panels.words ? whole_registers(p.n) : panels_at_once(words) * panel_columns;
    for (Index n = 0; n < p.n; n += group) {
      const Index end = p.n - n < group ? p.n : n + group;
      const Word* panels = packed;
      if (p.panels.words) {
        panels = static_cast<const Word*>(p.panels.words);
      } else if constexpr (!whole_numbers) {
        for (Index column = n; column < end; column += panel_columns)
          pack_panel(Dot{}, p, 0, p.k, column, end - column < panel_columns ? end - column : panel_columns,
                     packed + (column - n) * words, packing);
      }
      for (Index row = top; row < below; row += block_rows) {
        const Index rows = below - row < block_rows ? below - row : block_rows;
        for (Index word = 0; word < words; word += words_at_once) {
          const Index some = words - word < words_at_once ? words - word : words_at_once;
          for (Index column = n; column < end; column += panel_columns)
            multiply_panel<Dot>(p, a, row - top, row, rows, word, some, column,
                                panels + (column - n) * words + word * panel_columns);
        }
      }
    }
  }
}

Index product_scratch(const Product& p) {
  switch (p.precision) {
    case Precision::float32:
      return product_memory<Float32Dot>(p);
    case Precision::bfloat16:
      return product_memory<BFloat16Dot>(p);
    case Precision::int8:
      return product_memory<Int8Dot>(p);
  }
  return 0;
}

void product(const Product& p, float* scratch) {
  switch (p.precision) {
    case Precision::float32:
      return product_of<Float32Dot>(p, scratch);
    case Precision::bfloat16:
      return product_of<BFloat16Dot>(p, scratch);
    case Precision::int8:
      return product_of<Int8Dot>(p, scratch);
  }
}

Index words_of_column(Precision precision, Index steps) {
  switch (precision) {
    case Precision::float32:
      return steps;
    case Precision::bfloat16:
      return words_of(steps, BFloat16Dot::group);
    case Precision::int8:
      return words_of(steps, Int8Dot::group);
  }
  return 0;
}

/// Memory for packing columns: see Kernels.
Index pack_scratch(const Product& p) { return panel_columns * (p.k + 2 * lanes); }

void pack(const Product& p, Index first, Index last, const Packed& to, float* scratch) {
  const Index words = words_of_column(p.precision, p.k);
  for (Index column = first; column < last; column += panel_columns) {
    const Index columns = p.n - column < panel_columns ? p.n - column : panel_columns;
    auto* panel = static_cast<unsigned*>(to.words) + column * words;
    auto* rows = reinterpret_cast<unsigned*>(scratch);
    switch (p.precision) {
      case Precision::float32:
        pack_panel(Float32Dot{}, p, 0, p.k, column, columns, reinterpret_cast<float*>(panel), nullptr);
        break;
      case Precision::bfloat16:
        pack_panel(BFloat16Dot{}, p, 0, p.k, column, columns, panel, rows);
        break;
      case Precision::int8:
        pack_panel(Int8Dot{}, p, column, columns, panel, rows, to.scales + column, to.surplus + column);
        break;
    }
  }
}

}  // namespace
}  // namespace heed::cpu
