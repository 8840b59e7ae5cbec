#pragma once
#include "heed/backend/cpu/kernels/exponential.h"
#include "heed/backend/cpu/kernels/product.h"

namespace heed::cpu {
namespace {

// On the backward pass, the weights of so many queries are held at once.
constexpr Index query_block = 8 * tile_rows;

/// Rows that may be read to whole registers.
struct WholeRows {
  const float* at;
  Index row;
};

/// The rows themselves where they end with a register, else a copy with zeros behind each.
inline WholeRows whole_rows(const float* x, Index row, Index rows, Index size, float*& scratch) {
  const Index width = whole_registers(size);
  if (width == size) return {x, row};
  float* copy = scratch;
  scratch += rows * width;
  for (Index r = 0; r < rows; ++r)
    for (Index i = 0; i < width; ++i) copy[r * width + i] = i < size ? x[r * row + i] : 0;
  return {copy, width};
}

/// [size][whole_registers(rows)] with zeros behind each row.
inline const float* columns_of(const float* x, Index row, Index rows, Index size, float*& scratch) {
  float* copy = scratch;
  scratch += size * whole_registers(rows);
  transpose(x, row, rows, size, copy, whole_registers(rows));
  return copy;
}

/// c (+)= a b for a result of any width.
inline void multiply(Block<Float32Dot> block) {
  const Index columns = block.columns;
  for (Index n = 0; n < columns; n += panel_columns) {
    block.columns = columns - n < panel_columns ? columns - n : panel_columns;
    multiply_column(block);
    block.b += panel_columns;
    block.c += panel_columns;
    if (block.start) block.start += panel_columns;
  }
}

inline Index visible_keys(const Attention& a, Index query) {
  if (!a.causal) return a.keys;
  const Index visible = a.keys - a.queries + query + 1;
  return visible < 0 ? 0 : visible;
}

/// Scores become weights; those from `visible` to `width`, which ends with a register, become zero.
inline void softmax_row(float* row, Index visible, Index width, float scale) {
  const Index whole = visible / lanes * lanes, end = whole_registers(visible);
  const Floats hidden = all(-__builtin_inff());
  Floats most = hidden;
  for (Index i = 0; i < whole; i += lanes) most = larger(most, load(row + i));
  Floats last{};
  if (whole < end) {
    last = lane_numbers() < static_cast<int>(visible - whole) ? load(row + whole) : hidden;
    most = larger(most, last);
  }
  const float least = largest(most) * scale;
  Floats total{};
  for (Index i = 0; i < whole; i += lanes) {
    const Floats weight = exponential(load(row + i) * scale - least);
    total += weight;
    store(row + i, weight);
  }
  if (whole < end) total += last = exponential(last * scale - least);
  const float share = 1 / sum(total);
  for (Index i = 0; i < whole; i += lanes) store(row + i, load(row + i) * share);
  if (whole < end) store(row + whole, last * share);
  for (Index i = end; i < width; i += lanes) store(row + i, Floats{});
}

/// weights[r][key] of the queries [first, first + rows), tile_rows of them at most, where keys lie in
/// columns.
inline void weights_of(const Attention& a, Index first, Index rows, const float* key_columns,
                       float* weights) {
  const Index width = whole_registers(a.keys), seen = whole_registers(visible_keys(a, first + rows - 1));
  multiply({rows, seen, a.size, a.q + first * a.q_row, a.q_row, 1, key_columns, width, weights, width,
            nullptr, 0, -__builtin_inff()});
  for (Index r = 0; r < rows; ++r)
    softmax_row(weights + r * width, visible_keys(a, first + r), width, a.scale);
}

Index attention_scratch(const Attention& a) {
  return a.size * whole_registers(a.keys) + a.keys * whole_registers(a.size) +
         tile_rows * whole_registers(a.keys);
}

void attention(const Attention& a, float* scratch) {
  const float* key_columns = columns_of(a.k, a.k_row, a.keys, a.size, scratch);
  const WholeRows values = whole_rows(a.v, a.v_row, a.keys, a.size, scratch);
  const Index width = whole_registers(a.keys);
  for (Index head = 0; head < a.heads; ++head) {
    Attention one = a;
    one.q += head * a.size;
    one.y += head * a.size;
    for (Index first = 0; first < a.queries; first += tile_rows) {
      const Index rows = a.queries - first < tile_rows ? a.queries - first : tile_rows;
      weights_of(one, first, rows, key_columns, scratch);
      multiply({rows, a.size, visible_keys(a, first + rows - 1), scratch, width, 1, values.at, values.row,
                one.y + first * a.y_row, a.y_row, nullptr, 0, -__builtin_inff()});
    }
  }
}

Index attention_backward_scratch(const Attention& a) {
  return 2 * a.size * whole_registers(a.keys) + (a.keys + 2 * a.queries) * whole_registers(a.size) +
         2 * query_block * whole_registers(a.keys);
}

/// dscores = scale * weights * (dweights - expected), over the whole row: where weights are zero, so are
/// they.
inline void softmax_row_backward(const float* weights, float* dscores, const float* y, const float* dy,
                                 const Attention& a, Index seen) {
  Floats products{};
  sweep(a.size, [&](Index i, auto part) { products += load(y + i, part) * load(dy + i, part); });
  const float expected = sum(products);
  Index i = 0;
  for (; i < seen; i += lanes)
    store(dscores + i, load(weights + i) * ((load(dscores + i) - expected) * a.scale));
  for (; i < whole_registers(a.keys); i += lanes) store(dscores + i, Floats{});
}

/// A head of keys and values, arranged for products.
struct Arranged {
  const float *key_columns, *value_columns;
  WholeRows keys;
};

/// One query head.
inline void attention_head_backward(const AttentionBackward& b, const Arranged& arranged, float* scratch) {
  const auto& [key_columns, value_columns, keys] = arranged;
  const Attention& a = b.forward;
  const WholeRows queries = whole_rows(a.q, a.q_row, a.queries, a.size, scratch);
  const WholeRows outs = whole_rows(b.dy, b.dy_row, a.queries, a.size, scratch);
  const Index width = whole_registers(a.keys);
  float *weights = scratch, *dscores = scratch + query_block * width;
  const float none = -__builtin_inff();
  for (Index block = 0; block < a.queries; block += query_block) {
    const Index end = a.queries - block < query_block ? a.queries : block + query_block;
    for (Index first = block; first < end; first += tile_rows) {
      const Index rows = end - first < tile_rows ? end - first : tile_rows;
      const Index visible = visible_keys(a, first + rows - 1), seen = whole_registers(visible);
      float *p = weights + (first - block) * width, *ds = dscores + (first - block) * width;
      weights_of(a, first, rows, key_columns, p);
      multiply({rows, seen, a.size, b.dy + first * b.dy_row, b.dy_row, 1, value_columns, width, ds, width,
                nullptr, 0, none});
      for (Index r = 0; r < rows; ++r)
        softmax_row_backward(p + r * width, ds + r * width, a.y + (first + r) * a.y_row,
                             b.dy + (first + r) * b.dy_row, a, seen);
      float* dq = b.dq + first * b.dq_row;
      multiply({rows, a.size, visible, ds, width, 1, keys.at, keys.row, dq, b.dq_row,
                b.adds_dq ? dq : nullptr, b.dq_row, none});
    }
    for (Index key = 0; key < a.keys; key += tile_rows) {
      // If causal, the queries before this one do not see the first of these keys; perhaps none of the block
      // does: then the first block leaves zeros.
      const Index rows = a.keys - key < tile_rows ? a.keys - key : tile_rows;
      Index sees = a.causal && key + a.queries - a.keys > block ? key + a.queries - a.keys : block;
      if (sees > end) sees = end;
      float *dv = b.dv + key * b.dv_row, *dk = b.dk + key * b.dk_row;
      const Index offset = (sees - block) * width + key;
      multiply({rows, a.size, end - sees, weights + offset, 1, width, outs.at + sees * outs.row, outs.row, dv,
                b.dv_row, b.adds_dv || block > 0 ? dv : nullptr, b.dv_row, none});
      multiply({rows, a.size, end - sees, dscores + offset, 1, width, queries.at + sees * queries.row,
                queries.row, dk, b.dk_row, b.adds_dk || block > 0 ? dk : nullptr, b.dk_row, none});
    }
  }
}

void attention_backward(const AttentionBackward& b, float* scratch) {
  const Attention& a = b.forward;
  const float* key_columns = columns_of(a.k, a.k_row, a.keys, a.size, scratch);
  const float* value_columns = columns_of(a.v, a.v_row, a.keys, a.size, scratch);
  const Arranged arranged{key_columns, value_columns, whole_rows(a.k, a.k_row, a.keys, a.size, scratch)};
  AttentionBackward one = b;
  for (Index head = 0; head < a.heads; ++head) {
    attention_head_backward(one, arranged, scratch);
    one.forward.q += a.size;
    one.forward.y += a.size;
    one.dy += a.size;
    one.dq += a.size;
    one.adds_dk = one.adds_dv = true;  // the gradients of keys and values that heads share add up
  }
}

}  // namespace
}  // namespace heed::cpu
