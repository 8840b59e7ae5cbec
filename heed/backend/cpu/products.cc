#include <algorithm>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/packed_weight.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"
#include "heed/base/parallel.h"

namespace heed {

namespace {

/// Runs `run` on blocks that cover the result, cut along whole tiles and panels, one or more a thread. The
/// reduction is never cut.
template <class Run>
void in_blocks(const cpu::Kernels& kernels, const cpu::Product& product, Run run) {
  if (product.m == 0 || product.n == 0) return;
  const Index panels = parts_of(product.n, kernels.panel_columns),
              tiles = parts_of(product.m, kernels.tile_rows);
  const Index threads =
      std::clamp<Index>(product.m * product.n * product.k / product_worth_a_thread, 1, thread_count());
  const bool packed = product.panels.words != nullptr;
  // What is packed should not be packed by two threads: columns of b are cut first, or rows of a where they
  // are made words and are the more.
  const bool rows_first =
      product.precision != cpu::Precision::float32 && tiles >= threads && (packed || product.m > product.n);
  Index across = std::min(panels, threads), down = std::min(tiles, parts_of(threads, across));
  if (rows_first) down = threads, across = 1;
  parallel_for(across * down, 1, [&](Index begin, Index end) {
    for (Index part = begin; part < end; ++part) {
      const Index x = part % across, y = part / across;
      const Index first_panel = panels * x / across, first_column = first_panel * kernels.panel_columns,
                  first_row = tiles * y / down * kernels.tile_rows;
      cpu::Product block = product;
      block.n = std::min(product.n, panels * (x + 1) / across * kernels.panel_columns) - first_column;
      block.m = std::min(product.m, tiles * (y + 1) / down * kernels.tile_rows) - first_row;
      block.a += first_row * block.a_row;
      block.c += first_row * block.c_row + first_column;
      if (packed) {
        skip_columns(block, kernels, first_column);
      } else {
        block.b += first_column * block.b_column;
        if (block.bias) block.bias += first_column;
      }
      kernels.product(block, scratch(kernels.product_scratch(block)));
      run(block);
    }
  });
}

using NewStorage = std::shared_ptr<Storage> (*)(std::size_t bytes);

/// The second operand of a product, packed.
std::shared_ptr<Storage> packed_operand(const cpu::Kernels& kernels, const cpu::Product& product,
                                        NewStorage storage_of) {
  const Index columns = product.n, unit = kernels.panel_columns;
  auto storage = storage_of(packed_bytes(kernels, product.precision, columns, product.k));
  const cpu::Packed parts = packed_parts(kernels, product.precision, columns, product.k, storage->data());
  parallel_for(parts_of(columns, unit), product_worth_a_thread / (unit * product.k + 1),
               [&](Index begin, Index end) {
                 kernels.pack(product, begin * unit, std::min(columns, end * unit), parts,
                              scratch(kernels.pack_scratch(product)));
               });
  return storage;
}

/// A product with a weight [out, in] in the forward pass, without its first operand.
cpu::Product with_weight(const Tensor& weight, DataType type) {
  cpu::Product product{.m = 0, .n = weight.size(0), .k = weight.size(1)};
  product.b = weight.data();
  product.b_step = 1;
  product.b_column = weight.stride(0);
  product.precision = precision_of(type);
  return product;
}

/// The same for the gradient of the input.
cpu::Product back_with_weight(const Tensor& weight, DataType type) {
  cpu::Product product{.m = 0, .n = weight.size(1), .k = weight.size(0)};
  product.b = weight.data();
  product.b_step = weight.stride(0);
  product.b_column = 1;
  product.precision = precision_of(type);
  return product;
}

}  // namespace

Tensor CpuBackend::prepack(const Tensor& weight, DataType type) {
  return Tensor::prepacked(packed_operand(kernels_, with_weight(weight, type), Storage::lasting),
                           weight.shape(), type);
}

Tensor CpuBackend::prepack_for_pass(const Tensor& weight, Direction direction) {
  const bool forward = direction == Direction::forward;
  const cpu::Product product =
      forward ? with_weight(weight, products()) : back_with_weight(weight, products());
  return Tensor::prepacked(packed_operand(kernels_, product, Storage::pooled), weight.shape(), products(),
                           forward ? Layout::prepacked : Layout::prepacked_backward);
}

void CpuBackend::linear(const Tensor& x, const Tensor& weight, const Tensor& bias, Activation activation,
                        const Tensor& y) {
  cpu::Product product;
  if (weight.layout() == Layout::prepacked) {
    product.n = weight.size(0), product.k = weight.size(1);
    set_packed_weight(product, kernels_, weight);
  } else {
    product = with_weight(weight, products());
  }
  product.m = x.rows();
  product.a = x.data();
  product.a_row = row_stride(x);
  product.a_step = 1;
  product.c = y.data();
  product.c_row = row_stride(y);
  product.bias = bias ? bias.data() : nullptr;
  if (activation == Activation::relu) product.floor = 0;
  in_blocks(kernels_, product, [&](const cpu::Product& block) {
    if (activation == Activation::none || activation == Activation::relu) return;
    const auto activate = kernels_.activate[static_cast<std::size_t>(activation)];
    for (Index r = 0; r < block.m; ++r)
      activate(block.c + r * block.c_row, block.c + r * block.c_row, block.n);
  });
}

void CpuBackend::linear_backward_input(const Tensor& dy, const Tensor& weight, const Destination& dx) {
  cpu::Product product;
  if (weight.layout() == Layout::prepacked_backward) {
    product.n = weight.size(1), product.k = weight.size(0);
    product.precision = precision_of(weight.type());
    product.panels = packed_parts(kernels_, product.precision, product.n, product.k, weight.prepacked_data());
  } else {
    product = back_with_weight(weight, products());
  }
  product.m = dy.rows();
  product.a = dy.data();
  product.a_row = row_stride(dy);
  product.a_step = 1;
  product.c = dx.tensor.data();
  product.c_row = row_stride(dx.tensor);
  product.accumulate = dx.adds();
  in_blocks(kernels_, product, [](const cpu::Product&) {});
}

void CpuBackend::linear_backward_weight(const Tensor& dy, const Tensor& x, const Destination& dweight,
                                        const Destination& dbias) {
  if (dweight) {
    cpu::Product product{.m = dy.size(1), .n = x.size(1), .k = dy.rows()};
    product.a = dy.data();
    product.a_row = 1;
    product.a_step = row_stride(dy);
    product.b = x.data();
    product.b_step = row_stride(x);
    product.b_column = 1;
    product.c = dweight.tensor.data();
    product.c_row = dweight.tensor.stride(0);
    product.accumulate = dweight.adds();
    product.precision = precision_of(products());
    in_blocks(kernels_, product, [](const cpu::Product&) {});
  }
  if (!dbias) return;
  parallel_for(dy.size(1), parts_of(product_worth_a_thread, dy.rows() + 1), [&](Index begin, Index end) {
    kernels_.add_columns(dy.data() + begin, row_stride(dy), dy.rows(), dbias.tensor.data() + begin,
                         dbias.adds(), end - begin);
  });
}

}  // namespace heed
