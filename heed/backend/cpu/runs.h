#pragma once
#include <initializer_list>

#include "heed/backend/cpu/kernels/kernels.h"
#include "heed/backend/destination.h"
#include "heed/backend/dropout.h"
#include "heed/base/parallel.h"
#include "heed/tensor/tensor.h"

namespace heed {

/// Elements that are worth waking a thread for, when little is done to each.
constexpr Index elements_worth_a_thread = 16'384;

/// From one row of x, all axes but the last taken together, to the next.
inline Index row_stride(const Tensor& x) { return x.rank() == 2 ? x.stride(0) : x.size(x.rank() - 1); }

/// Consecutive elements of tensors of one shape.
struct Run {
  Index row, column, count;
  Index first;  // number of the first element within the tensor

  float* of(const Destination& x) const { return of(x.tensor); }
  float* of(const Tensor& x) const { return x.data() + (row == 0 ? 0 : row * row_stride(x)) + column; }
};

/// body(Run) for each row of tensors of one shape, in several threads.
template <class Body>
void in_row_runs(const Tensor& like, const Body& body) {
  const Index width = like.size(like.rank() - 1);
  parallel_for(like.rows(), elements_worth_a_thread / std::max<Index>(width, 1), [&](Index begin, Index end) {
    for (Index row = begin; row < end; ++row) body(Run{row, 0, width, row * width});
  });
}

/// body(Run) for parts that cover tensors of one shape, in several threads: rows, or longer where all tensors
/// are packed.
template <class Body>
void in_runs(std::initializer_list<const Tensor*> tensors, const Body& body) {
  const Tensor& like = **tensors.begin();
  bool packed = true;
  for (const Tensor* x : tensors) packed = packed && x->packed();
  if (packed) {
    constexpr Index unit = 1024;
    const Index count = like.count();
    parallel_for((count + unit - 1) / unit, elements_worth_a_thread / unit, [&](Index begin, Index end) {
      body(Run{0, begin * unit, std::min(count, end * unit) - begin * unit, begin * unit});
    });
  } else {
    in_row_runs(like, body);
  }
}

/// The same, with the numbers that a dropout gives to elements.
template <class Body>
void in_dropped_runs(std::initializer_list<const Tensor*> tensors, const Dropout& dropout, const Body& body) {
  if (!dropout.rows) return in_runs(tensors, body);
  in_row_runs(**tensors.begin(), [&](Run run) {
    run.first = dropout.first_element(run.row, run.count);
    body(run);
  });
}

/// body(row) for each row of x, in several threads; `cost` says how dear an element is.
template <class Body>
void in_rows(const Tensor& x, Index cost, const Body& body) {
  const Index width = std::max<Index>(x.size(x.rank() - 1), 1);
  parallel_for(x.rows(), elements_worth_a_thread / (width * cost), [&](Index begin, Index end) {
    for (Index row = begin; row < end; ++row) body(row);
  });
}

inline cpu::Mask mask_of(const Dropout& dropout) {
  return {{dropout.key[0], dropout.key[1]},
          {static_cast<std::uint32_t>(dropout.stream), static_cast<std::uint32_t>(dropout.stream >> 32)},
          dropout_threshold(dropout),
          1 / (1 - dropout.probability)};
}

}  // namespace heed
