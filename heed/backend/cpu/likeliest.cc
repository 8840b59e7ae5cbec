#include <algorithm>
#include <cmath>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/cpu/packed_weight.h"
#include "heed/backend/cpu/runs.h"
#include "heed/backend/cpu/scratch.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

namespace {

// Logits are made for so many rows and classes at once and never leave the second-level cache. Sums are made
// of classes that are always cut alike, so that they do not depend on the threads.
constexpr Index rows_at_once = 32, classes_at_once = 1024;

}  // namespace

void CpuBackend::linear_top_log_probabilities(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                              const Tensor& values, const Tensor& columns) {
  if (weight.layout() != Layout::prepacked) {
    ReferenceBackend::linear_top_log_probabilities(x, weight, bias, values, columns);
    return;
  }
  const Index rows = x.rows(), classes = weight.size(0), k = values.size(1);
  const Index groups = parts_of(classes, classes_at_once), blocks = parts_of(rows, rows_at_once);
  const Index multiplications = rows * classes * weight.size(1);
  const Index parts =
      std::clamp<Index>(multiplications / product_worth_a_thread, 1, std::min<Index>(thread_count(), groups));
  // Of each part of the classes and each row, the best; of each row and group of classes, sums.
  const Tensor best({parts, rows, k}), best_columns({parts, rows, k}, DataType::int32);
  std::vector<cpu::RowSums> sums(static_cast<std::size_t>(rows * groups));

  const auto search = [&](Index part, Index first_group, Index group, Index block) {
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
    const Index filled = std::min(k, (group - first_group) * classes_at_once);
    for (Index r = 0; r < product.m; ++r) {
      const float* of_row = memory + r * product.n;
      const Index at = first_row + r, list = (part * rows + at) * k;
      sums[static_cast<std::size_t>(at * groups + group)] = kernels_.row_sums(of_row, nullptr, product.n);
      kernels_.top(of_row, product.n, static_cast<int>(first_class), best.data() + list,
                   best_columns.data<std::int32_t>() + list, filled, k);
    }
  };
  parallel_for(parts, 1, [&](Index begin, Index end) {
    for (Index part = begin; part < end; ++part) {
      const Index first = groups * part / parts, last = groups * (part + 1) / parts;
      for (Index group = first; group < last; ++group)
        for (Index block = 0; block < blocks; ++block) search(part, first, group, block);
    }
  });

  for (Index r = 0; r < rows; ++r) {
    const cpu::RowSums* of_row = sums.data() + r * groups;
    float largest = of_row[0].largest, total = 0;
    for (Index g = 1; g < groups; ++g) largest = std::max(largest, of_row[g].largest);
    for (Index g = 0; g < groups; ++g)
      total += of_row[g].exponentials * std::exp(of_row[g].largest - largest);
    float* into = values.data() + r * k;
    auto* into_columns = columns.data<std::int32_t>() + r * k;
    Index filled = 0;
    for (Index part = 0; part < parts; ++part) {
      // Parts lie in the order of their classes: of equals, the lower column stays ahead.
      const Index there = std::min(k, std::min(classes, groups * (part + 1) / parts * classes_at_once) -
                                          groups * part / parts * classes_at_once);
      const float* list = best.data() + (part * rows + r) * k;
      const std::int32_t* list_columns = best_columns.data<std::int32_t>() + (part * rows + r) * k;
      if (part == 0) {
        std::copy_n(list, there, into);
        std::copy_n(list_columns, there, into_columns);
        filled = there;
        continue;
      }
      for (Index i = 0; i < there; ++i)
        filled = kernels_.top(list + i, 1, list_columns[i], into, into_columns, filled, k);
    }
    kernels_.subtract(into, largest + std::log(total), into, k);
  }
}

}  // namespace heed
