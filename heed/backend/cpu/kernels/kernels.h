#pragma once
#include "heed/base/index.h"

namespace heed::cpu {

/// c = a b, element by element: c[m][n] = floor or more of start + sum over k of a[m][k] b[k][n], where start
/// is c itself, the bias or zero. a[m][k] lies at a[m * a_row + k * a_step]; b[k][n] at b[k * b_step + n *
/// b_column], one of these two being 1.
struct Product {
  Index m = 0, n = 0, k = 0;
  const float* a = nullptr;
  Index a_row = 0, a_step = 0;
  const float* b = nullptr;
  Index b_step = 0, b_column = 0;
  float* c = nullptr;
  Index c_row = 0;
  bool accumulate = false;
  const float* bias = nullptr;
  float floor = -__builtin_inff();
};

/// The innermost loops for one instruction set. They run in the calling thread and on plain memory.
struct Kernels {
  const char* name;
  Index tile_rows, panel_columns;  // results of a product are cheapest in multiples of these
  /// Floats of scratch memory that a product needs.
  Index (*product_scratch)(const Product&);
  void (*product)(const Product&, float* scratch);
};

extern const Kernels baseline_kernels, avx2_kernels, avx512_kernels;

}  // namespace heed::cpu
