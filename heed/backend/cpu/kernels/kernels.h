#pragma once
#include "heed/base/index.h"

namespace heed::cpu {

/// What the elements of a product are rounded to before they are multiplied; sums are float32 (of int8:
/// exact).
enum class Precision : unsigned char { float32, bfloat16, int8 };

/// A matrix packed for products, panel after panel of panel_columns columns, in words of 32 bits: as
/// Kernels::pack made it.
struct Packed {
  void* words = nullptr;
  // Of int8, one for each column up to a whole panel: what its numbers stand for, and what an offset in a
  // adds.
  float* scales = nullptr;
  int* surplus = nullptr;
};

/// c = a b, element by element: c[m][n] = floor or more of start + sum over k of a[m][k] b[k][n], where start
/// is c itself, the bias or zero. a[m][k] lies at a[m * a_row + k * a_step], one of these two being 1;
/// b[k][n] at b[k * b_step + n * b_column], one of these two being 1, unless b is packed already.
struct Product {
  Index m = 0, n = 0, k = 0;
  const float* a = nullptr;
  Index a_row = 0, a_step = 0;
  const float* b = nullptr;
  Index b_step = 0, b_column = 0;
  Packed panels = {};  // column 0 begins a panel; what int8 needs
  float* c = nullptr;
  Index c_row = 0;
  bool accumulate = false;  // never with int8
  const float* bias = nullptr;
  float floor = -__builtin_inff();
  Precision precision = Precision::float32;
};

/// One head of the keys of one sequence and the query heads that look at it, which lie side by side: rows of
/// `size` columns a head, q_row and so on floats apart. If causal, query i sees all keys but the last queries
/// - 1 - i.
struct Attention {
  Index queries = 0, keys = 0, heads = 1, size = 0;
  bool causal = false;
  float scale = 1;
  const float *q = nullptr, *k = nullptr, *v = nullptr;
  Index q_row = 0, k_row = 0, v_row = 0;
  float* y = nullptr;
  Index y_row = 0;
};
/// A few queries that look at the same keys, with all their heads of `size` columns: row i of the keys and
/// values is rows[i], or i where rows is null. Queries and results are q_row and y_row floats apart.
struct Queries {
  Index queries = 0, keys = 0, heads = 0, size = 0;
  float scale = 1;
  const float *q = nullptr, *k = nullptr, *v = nullptr;
  Index q_row = 0, k_row = 0, v_row = 0;
  const Index* rows = nullptr;
  float* y = nullptr;
  Index y_row = 0;
};
/// On the backward pass, y is read.
struct AttentionBackward {
  Attention forward;
  const float* dy = nullptr;
  float *dq = nullptr, *dk = nullptr, *dv = nullptr;
  Index dy_row = 0, dq_row = 0, dk_row = 0, dv_row = 0;
  bool adds_dq = true, adds_dk = true, adds_dv = true;
};

/// How a row turns: `pairs` of the `size` columns of each head.
struct Rotation {
  Index heads = 1, size = 0, pairs = 0;
  bool interleaved = false;
  const float* rates = nullptr;  // an angle for each pair
};

/// A heed::Dropout, ready to draw from.
struct Mask {
  unsigned key[2], stream[2];
  unsigned threshold;
  float scale;
};

/// A heed::AdamStep.
struct Adam {
  float learning_rate, beta1, beta2, epsilon, weight_decay, gradient_scale, mean_correction,
      variance_correction;
};

/// A row of a heed::RecurrentStep.
struct RecurrentRow {
  Index hidden;
  const float* input;
  float *recurrent, *gates;
  const float* before;
  float* y;
  const float* cell_state;
  float* next_cell_state;
};

/// Of one row: its largest value, the sum of e^(value - largest), the sum of the values.
struct RowSums {
  float largest, exponentials, values;
};

/// The innermost loops for one instruction set. They run in the calling thread and on plain memory: n
/// consecutive elements, or a row of n. A mask may be null; `first` is the number of the first element for
/// it. A result followed by `adds` is added to if that is true, else overwritten.
struct Kernels {
  const char* name;
  Index tile_rows, panel_columns;  // results of a product are cheapest in multiples of these
  /// Floats of scratch memory that a product needs.
  Index (*product_scratch)(const Product&);
  void (*product)(const Product&, float* scratch);
  /// 32-bit words of a packed column of so many steps.
  Index (*words_of_column)(Precision, Index steps);
  /// Packs columns [first, last) of a product's b, `first` beginning a panel; b_step is 1 if the precision is
  /// int8.
  Index (*pack_scratch)(const Product&);
  void (*pack)(const Product&, Index first, Index last, const Packed& to, float* scratch);
  void (*add_columns)(const float* x, Index stride, Index rows, float* into, bool adds, Index n);

  Index (*attention_scratch)(const Attention&);
  void (*attention)(const Attention&, float* scratch);
  /// As many queries of one sequence, with heads of this size, are cheaper one by one.
  Index (*few_queries)(Index size);
  Index (*queries_scratch)(const Queries&);
  void (*queries)(const Queries&, float* scratch);
  Index (*attention_backward_scratch)(const Attention&);
  void (*attention_backward)(const AttentionBackward&, float* scratch);

  /// Turns a row, in place.
  Index (*rotate_scratch)(const Rotation&);
  void (*rotate)(const Rotation&, float position, float* x, float* scratch);

  void (*activate[6])(const float* x, float* y, Index n);  // by Activation
  void (*activate_backward[6])(const float* x, const float* dy, float* dx, bool adds, Index n);
  void (*relu_backward)(const float* y, const float* dy, float factor, float* dx, bool adds, Index n);
  void (*add)(const float* a, const float* b, const Mask*, Index first, float* y, Index n);
  void (*accumulate)(const float* from, float factor, const Mask*, Index first, float* into, bool adds,
                     Index n);
  void (*multiply)(const float* a, const float* b, float* y, Index n);
  void (*accumulate_product)(const float* a, const float* b, float* into, bool adds, Index n);
  void (*embed)(const float* entry, float scale, const float* position, const Mask*, Index first, float* y,
                Index n);

  void (*recurrent_step[3])(const RecurrentRow&);  // by RecurrentCell
  void (*recurrent_step_backward[3])(const RecurrentRow&, const float* dy, float* dcell_state,
                                     float* dbefore);

  /// Biases and their gradients may be null.
  void (*layer_norm)(const float* x, const float* gain, const float* bias, float epsilon, float* y, Index n);
  void (*layer_norm_backward)(const float* x, const float* gain, float epsilon, const float* dy, float* dx,
                              bool adds, float* dgain, float* dbias, Index n);
  void (*rms_norm)(const float* x, const float* gain, float epsilon, float* y, Index n);
  void (*rms_norm_backward)(const float* x, const float* gain, float epsilon, const float* dy, float* dx,
                            bool adds, float* dgain, Index n);

  /// y[i] = e^(x[i] - largest), unless y is null; it may be x.
  RowSums (*row_sums)(const float* x, float* y, Index n);
  /// y = factor * y - less
  void (*scale_and_lower)(float factor, float less, float* y, Index n);
  void (*subtract)(const float* x, float less, float* y, Index n);
  void (*softmax_backward)(const float* y, const float* dy, float* dx, bool adds, Index n);
  /// Offers columns first, first + 1 and so on to a sorted list of the k best, of which `filled` are there
  /// already; gives how many are then. Of equals, those that were offered first stay ahead.
  Index (*top)(const float* x, Index n, int first, float* values, int* columns, Index filled, Index k);

  void (*adam)(float* parameter, const float* gradient, float* mean, float* variance, const Adam&, Index n);
  void (*average)(const float* from, float weight, float* into, Index n);
  double (*squared_norm)(const float* x, Index n);

  /// Nothing but peak_operations floating-point operations a round: what benchmarks measure the others by.
  Index peak_operations;
  float (*peak)(Index rounds);
};

extern const Kernels baseline_kernels, avx2_kernels, avxvnni_kernels, avx512_kernels, avx512bf16_kernels,
    amx_kernels;

}  // namespace heed::cpu
