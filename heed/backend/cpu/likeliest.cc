#include <cmath>
#include <limits>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/packed_weight.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

namespace {

// Logits are made for so many rows and classes at once and never leave the second-level cache. Classes are
// always cut alike, so that a row's sum does not depend on the threads.
constexpr Index rows_at_once = 32, classes_at_once = 1024;

}  // namespace

void CpuBackend::linear_top_log_probabilities(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                              const Tensor& values, const Tensor& columns) {
  if (weight.layout() != Layout::prepared) {
    ReferenceBackend::linear_top_log_probabilities(x, weight, bias, values, columns);
    return;
  }
  const Index rows = x.rows(), classes = weight.size(0), k = values.size(1);
  const Index groups = parts_of(classes, classes_at_once), blocks = parts_of(rows, rows_at_once);
  // Of each row, for each group of classes: the best of them, and sums.
  const Tensor best({rows, groups * k}), best_columns({rows, groups * k}, DataType::int32);
  std::vector<cpu::RowSums> sums(static_cast<std::size_t>(rows * groups));

  const auto search = [&](Index block, Index group) {
    const Index first_row = block * rows_at_once, first_class = group * classes_at_once;
    cpu::Product product{.m = std::min(rows - first_row, rows_at_once),
                         .n = std::min(classes - first_class, classes_at_once),
                         .k = weight.size(1)};
    product.a = row(x, first_row);
    product.a_row = row_stride(x);
    product.a_step = 1;
    product.bias = bias ? bias.data() : nullptr;
    set_packed_weight(product, kernels_, weight);
    skip_columns(product, kernels_, first_class);
    const Index logits = product.m * product.n;
    float* memory = scratch(logits + kernels_.product_scratch(product));
    product.c = memory;
    product.c_row = product.n;
    kernels_.product(product, memory + logits);
    for (Index r = 0; r < product.m; ++r) {
      const float* values_of_row = memory + r * product.n;
      const Index at = (first_row + r) * groups + group, found = std::min(k, product.n);
      float* into = best.data() + at * k;
      auto* into_columns = best_columns.data<std::int32_t>() + at * k;
      sums[static_cast<std::size_t>(at)] = kernels_.row_sums(values_of_row, nullptr, product.n);
      kernels_.top(values_of_row, product.n, into, into_columns, found);
      for (Index i = 0; i < found; ++i) into_columns[i] += static_cast<std::int32_t>(first_class);
      std::fill(into + found, into + k, -std::numeric_limits<float>::infinity());
      std::fill(into_columns + found, into_columns + k, static_cast<std::int32_t>(first_class));
    }
  };
  const Index multiplications =
      std::min(rows, rows_at_once) * std::min(classes, classes_at_once) * weight.size(1);
  parallel_for(groups * blocks, product_worth_a_thread / (multiplications + 1), [&](Index begin, Index end) {
    for (Index item = begin; item < end; ++item) search(item % blocks, item / blocks);
  });

  for (Index r = 0; r < rows; ++r) {
    const cpu::RowSums* of_row = sums.data() + r * groups;
    float largest = of_row[0].largest, total = 0;
    for (Index g = 1; g < groups; ++g) largest = std::max(largest, of_row[g].largest);
    for (Index g = 0; g < groups; ++g)
      total += of_row[g].exponentials * std::exp(of_row[g].largest - largest);
    float* into = values.data() + r * k;
    auto* into_columns = columns.data<std::int32_t>() + r * k;
    // Groups lie in the order of their classes: of equals, the lower column stays ahead.
    kernels_.top(best.data() + r * groups * k, groups * k, into, into_columns, k);
    for (Index i = 0; i < k; ++i)
      into_columns[i] = best_columns.data<std::int32_t>()[r * groups * k + into_columns[i]];
    kernels_.subtract(into, largest + std::log(total), into, k);
  }
}

}  // namespace heed
