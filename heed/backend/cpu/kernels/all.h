#pragma once
#include "heed/backend/cpu/kernels/attention.h"
#include "heed/backend/cpu/kernels/elements.h"
#include "heed/backend/cpu/kernels/normalization.h"
#include "heed/backend/cpu/kernels/optimization.h"
#include "heed/backend/cpu/kernels/peak.h"
#include "heed/backend/cpu/kernels/probabilities.h"
#include "heed/backend/cpu/kernels/product.h"
#include "heed/backend/cpu/kernels/queries.h"
#include "heed/backend/cpu/kernels/recurrent.h"
#include "heed/backend/cpu/kernels/rotary.h"

namespace heed::cpu {
namespace {

/// This folder's kernels, compiled for the instruction set of the file that includes this.
constexpr Kernels kernels_named(const char* name) {
  return {
      .name = name,
      .tile_rows = tile_rows,
      .panel_columns = panel_columns,
      .product_scratch = product_scratch,
      .product = product,
      .words_of_column = words_of_column,
      .pack_scratch = pack_scratch,
      .pack = pack,
      .add_columns = add_columns,
      .attention_scratch = attention_scratch,
      .attention = attention,
      .few_queries = few_queries,
      .queries_scratch = queries_scratch,
      .queries = queries,
      .attention_backward_scratch = attention_backward_scratch,
      .attention_backward = attention_backward,
      .rotate_scratch = rotate_scratch,
      .rotate = rotate,
      .activate = {activate<Same>, activate<Relu>, activate<Gelu>, activate<Silu>, activate<Tanh>,
                   activate<GeluTanh>},
      .activate_backward = {activate_backward<Same>, activate_backward<Relu>, activate_backward<Gelu>,
                            activate_backward<Silu>, activate_backward<Tanh>, activate_backward<GeluTanh>},
      .relu_backward = relu_backward,
      .add = add,
      .accumulate = accumulate,
      .multiply = multiply_elements,
      .accumulate_product = accumulate_product,
      .embed = embed,
      .recurrent_step = {rnn_step, gru_step, lstm_step},
      .recurrent_step_backward = {rnn_step_backward, gru_step_backward, lstm_step_backward},
      .layer_norm = layer_norm,
      .layer_norm_backward = layer_norm_backward,
      .rms_norm = rms_norm,
      .rms_norm_backward = rms_norm_backward,
      .row_sums = row_sums,
      .scale_and_lower = scale_and_lower,
      .subtract = subtract,
      .softmax_backward = softmax_backward,
      .top = top,
      .adam = adam,
      .average = average,
      .squared_norm = squared_norm,
      .peak_operations = 2 * peak_registers * lanes,
      .peak = peak,
  };
}

}  // namespace
}  // namespace heed::cpu
