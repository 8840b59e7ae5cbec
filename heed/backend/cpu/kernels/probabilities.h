#pragma once
#include "heed/backend/cpu/kernels/exponential.h"
#include "heed/backend/cpu/kernels/kernels.h"

namespace heed::cpu {
namespace {

float largest_of(const float* x, Index n) {
  Floats most[4];
  for (Floats& m : most) m = all(-__builtin_inff());
  Index i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes)
#pragma GCC unroll 4
    for (Index j = 0; j < 4; ++j) most[j] = larger(most[j], load(x + i + j * lanes));
  for (; i < n; ++i) most[0][0] = x[i] > most[0][0] ? x[i] : most[0][0];
  return largest(larger(larger(most[0], most[1]), larger(most[2], most[3])));
}

RowSums row_sums(const float* x, float* y, Index n) {
  const float most = largest_of(x, n);
  Floats exponentials[2] = {}, plain[2] = {};
  const auto take = [&](Index i, Index sum, Floats value, Floats hidden, auto part) {
    const Floats e = exponential(hidden - most);
    plain[sum] += value;
    exponentials[sum] += e;
    if (y) store(y + i, e, part);
  };
  Index i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes)
#pragma GCC unroll 2
    for (Index j = 0; j < 2; ++j) {
      const Floats value = load(x + i + j * lanes);
      take(i + j * lanes, j, value, value, Whole{});
    }
  sweep(
      n - i, [&](Index c, Whole) { take(i + c, 0, load(x + i + c), load(x + i + c), Whole{}); },
      [&](Index c, Part part) {
        take(i + c, 0, load(x + i + c, part), load(x + i + c, part, -__builtin_inff()), part);
      });
  return {most, sum(exponentials[0] + exponentials[1]), sum(plain[0] + plain[1])};
}

void scale_and_lower(float factor, float less, float* y, Index n) {
  sweep(n, [&](Index i, auto part) { store(y + i, load(y + i, part) * factor - less, part); });
}

void subtract(const float* x, float less, float* y, Index n) {
  sweep(n, [&](Index i, auto part) { store(y + i, load(x + i, part) - less, part); });
}

void softmax_backward(const float* y, const float* dy, float* dx, bool adds, Index n) {
  Floats products{};
  sweep(n, [&](Index i, auto part) { products += load(y + i, part) * load(dy + i, part); });
  const float expected = sum(products);
  sweep(n, [&](Index i, auto part) {
    leave(dx + i, load(y + i, part) * (load(dy + i, part) - expected), adds, part);
  });
}

/// Puts a column into the sorted list of the best if it belongs there; of equals, the first stays ahead.
inline void offer(float x, int column, float* values, int* columns, Index& filled, Index k) {
  if (filled == k && !(x > values[k - 1])) return;
  Index at = filled < k ? filled++ : k - 1;
  for (; at > 0 && !(values[at - 1] >= x); --at) {
    values[at] = values[at - 1];
    columns[at] = columns[at - 1];
  }
  values[at] = x;
  columns[at] = column;
}

Index top(const float* x, Index n, int first, float* values, int* columns, Index filled, Index k) {
  const auto offer_all = [&](Index c, Index end) {
    for (; c < end; ++c) offer(x[c], first + static_cast<int>(c), values, columns, filled, k);
  };
  Index c = n < k - filled ? n : k - filled;
  offer_all(0, c);
  // Most groups hold nothing that is better than the k-th best so far, and where one does, it is in few
  // registers.
  constexpr Index registers = 8;
  for (; c + registers * lanes <= n; c += registers * lanes) {
    Floats most = load(x + c);
#pragma GCC unroll 8
    for (Index j = 1; j < registers; ++j) most = larger(most, load(x + c + j * lanes));
    if (!(largest(most) > values[k - 1])) continue;
    for (Index j = c; j < c + registers * lanes; j += lanes)
      if (largest(load(x + j)) > values[k - 1]) offer_all(j, j + lanes);
  }
  offer_all(c, n);
  return filled;
}

}  // namespace
}  // namespace heed::cpu
