#pragma once
#include "heed/backend/cpu/kernels/amx.h"

namespace heed::cpu {
namespace {

// Words of a column in one go: such a panel stays in the first-level cache (32 KiB for AVX-512).
constexpr Index block_words = 128;
// Rows in one go: the block of a that is used again for the next panel stays in the second-level cache.
constexpr Index block_rows = 96;

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

/// Words of steps `step` and the one after it, of `steps` that are `stride` floats apart, at places n to
/// n + lanes - 1 of `places`: zeros beyond the last step and place.
[[gnu::always_inline]] inline Words word_of_steps(const float* x, Index stride, Index step, Index steps,
                                                  Index n, Index places) {
  const float *low = x + step * stride, *high = low + stride;
  return BFloat16Dot::paired(step < steps ? load_before(low, n, places) : Floats{},
                             step + 1 < steps ? load_before(high, n, places) : Floats{});
}

/// `rows` has room for the words of a panel and two registers more for each column.
inline void pack_panel(BFloat16Dot dot, const Product& p, Index step, Index steps, Index first, Index columns,
                       unsigned* to, unsigned* rows) {
  const Index words = words_of<BFloat16Dot>(steps);
  const float* b = p.b + step * p.b_step + first * p.b_column;
  if (p.b_step == 1) {
    const Index width = words + 2 * lanes;
    for (Index n = 0; n < columns; ++n) row_words(dot, b + n * p.b_column, steps, rows + n * width);
    transpose_words(rows, width, columns, words, to);
    return;
  }
  for (Index w = 0; w < words; ++w)
    for (Index n = 0; n < panel_columns; n += lanes)
      store_words(to + w * panel_columns + n, word_of_steps(b, p.b_step, 2 * w, steps, n, columns));
}

/// Packs whole columns alone, b_step being 1: their scales and surplus go beside the panel.
inline void pack_panel(Int8Dot dot, const Product& p, Index first, Index columns, unsigned* to,
                       unsigned* rows, float* scales, int* surplus) {
  const Index words = words_of<Int8Dot>(p.k), width = words + 2 * lanes;
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

/// Words from a row to the next where rows lie one after another. Two registers more than the words: rows
/// that are a power of two apart would take each other's place in the cache.
template <class Dot>
Index row_width(const Product& p) {
  return words_of<Dot>(p.k) + 2 * lanes;
}

/// Rows that there is memory for, so that tiles read whole ones.
template <class Dot>
constexpr Index readable_rows(Index rows) {
  return Dot::tiles ? (rows + amx_rows - 1) / amx_rows * amx_rows : rows;
}

/// 32-bit words of memory that so many rows of a take.
template <class Dot>
Index rows_memory(const Product& p, Index rows) {
  if (Dot::group == 1) return 0;
  if (p.a_step != 1 && !Dot::tiles) return words_of<Dot>(p.k) * whole_registers(rows);
  return readable_rows<Dot>(rows) * row_width<Dot>(p) + whole_registers(rows);
}

inline Rows<Float32Dot> rows_of(Float32Dot, const Product& p, Index first, Index, float*) {
  return {p.a + first * p.a_row, p.a_row, p.a_step, nullptr};
}

inline Rows<BFloat16Dot> rows_of(BFloat16Dot dot, const Product& p, Index first, Index rows,
                                 unsigned* memory) {
  const Index words = words_of<BFloat16Dot>(p.k);
  const float* a = p.a + first * p.a_row;
  if (p.a_step == 1) {
    const Index width = row_width<BFloat16Dot>(p);
    for (Index r = 0; r < rows; ++r) row_words(dot, a + r * p.a_row, p.k, memory + r * width);
    return {memory, width, 1, nullptr};
  }
  if constexpr (BFloat16Dot::tiles) {
    const Index width = row_width<BFloat16Dot>(p);
    for (Index r = 0; r < rows; r += lanes)
      for (Index w = 0; w < words; w += lanes) {
        Floats square[lanes];
#pragma GCC unroll 16
        for (Index i = 0; i < lanes; ++i)
          square[i] = (Floats)word_of_steps(a, p.a_step, 2 * (w + i), p.k, r, rows);
        transpose(square);
#pragma GCC unroll 16
        for (Index i = 0; i < lanes; ++i) store_words(memory + (r + i) * width + w, (Words)square[i]);
      }
    return {memory, width, 1, nullptr};
  }
  const Index width = whole_registers(rows);
  for (Index w = 0; w < words; ++w)
    for (Index r = 0; r < rows; r += lanes)
      store_words(memory + w * width + r, word_of_steps(a, p.a_step, 2 * w, p.k, r, rows));
  return {memory, 1, width, nullptr};
}

inline Rows<Int8Dot> rows_of(Int8Dot dot, const Product& p, Index first, Index rows, unsigned* memory) {
  const Index width = row_width<Int8Dot>(p);
  auto* scales = reinterpret_cast<float*>(memory + readable_rows<Int8Dot>(rows) * width);
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
  const bool first = word == 0, last = word + words == words_of<Dot>(p.k);
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
  if constexpr (Dot::tiles)
    multiply_column_in_tiles(block);
  else
    multiply_column(block);
}

/// Panels that are packed at once: as many as half of a second-level cache holds, but at least 4, so that a
/// long a is not read again and again.
constexpr Index panels_at_once(Index words) {
  const Index fitting = (512 * 1024 / 4) / (words * panel_columns + 1);
  return fitting < 4 ? 4 : fitting;
}

/// Rows of a that are made words at once: 2 MiB of them, in whole blocks.
template <class Dot>
Index rows_at_once(const Product& p) {
  if (Dot::group == 1) return p.m;
  const Index fitting = (2048 * 1024 / 4) / (words_of<Dot>(p.k) + 1) / block_rows * block_rows;
  const Index rows = fitting < block_rows ? block_rows : fitting;
  return rows < p.m ? rows : p.m;
}

/// Memory for the rows that pack_panel turns into columns.
template <class Dot>
Index packing_memory(const Product& p) {
  if (Dot::group == 1 || p.b_step != 1) return 0;
  return panel_columns * (words_of<Dot>(p.k) + 2 * lanes);
}

template <class Dot>
Index product_memory(const Product& p) {
  const Index a = rows_memory<Dot>(p, rows_at_once<Dot>(p));
  if (p.panels.words) return a;
  const Index words = words_of<Dot>(p.k), panels = (p.n + panel_columns - 1) / panel_columns,
              most = panels_at_once(words);
  return a + packing_memory<Dot>(p) + (panels < most ? panels : most) * words * panel_columns;
}

/// Few rows against panels: each is used once, from start to end.
template <class Dot>
void few_rows_product(const Product& p, const Rows<Dot>& a) {
  const Index words = words_of<Dot>(p.k);
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
      multiply_panel<Dot>(p, a, 0, 0, p.m, step / Dot::group, words_of<Dot>(steps), column, panel);
    }
}

template <class Dot>
void product_of(const Product& p, void* memory) {
  using Word = Dot::Word;
  constexpr bool whole_numbers = requires { Dot::offset; };
  const Index words = words_of<Dot>(p.k), chunk = rows_at_once<Dot>(p);
  const Index words_at_once = whole_numbers ? words : block_words;
  Word* const row_words = static_cast<Word*>(memory);
  Word* const packing = row_words + rows_memory<Dot>(p, chunk);
  Word* const packed = packing + packing_memory<Dot>(p);
  [[maybe_unused]] const TilesInUse<Dot::tiles> tiles_in_use;
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
      return words_of<BFloat16Dot>(steps);
    case Precision::int8:
      return words_of<Int8Dot>(steps);
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
