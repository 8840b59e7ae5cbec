#pragma once
#include "heed/backend/cpu/kernels/product.h"

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
  };
}

}  // namespace
}  // namespace heed::cpu
