#include <algorithm>
#include <cmath>

#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

void ReferenceBackend::max_over_rows(const Tensor& x, const Segments& sequences, const Tensor& y,
                                     const Tensor& winners) {
  const Index width = x.size(1);
  for (Index s = 0; s < sequences.size(); ++s) {
    const auto [start, length] = sequences[s];
    float* best = row(y, s);
    std::int32_t* winner = winners.data<std::int32_t>() + s * width;
    std::copy_n(row(x, start), width, best);
    std::fill_n(winner, width, static_cast<std::int32_t>(start));
    for (Index r = start + 1; r < start + length; ++r) {
      const float* from = row(x, r);
      for (Index c = 0; c < width; ++c) {
        // What is no number stays: a network that has gone astray must not look sound.
        if (from[c] <= best[c] || std::isnan(best[c])) continue;
        best[c] = from[c];
        winner[c] = static_cast<std::int32_t>(r);
      }
    }
  }
}

void ReferenceBackend::max_over_rows_backward(const Tensor& winners, const Tensor& dy, const Tensor& dx) {
  const std::int32_t* winner = winners.data<std::int32_t>();
  for (Index s = 0; s < dy.size(0); ++s)
    for (Index c = 0; c < dy.size(1); ++c) row(dx, *winner++)[c] += row(dy, s)[c];
}

void ReferenceBackend::mean_over_rows(const Tensor& x, const Segments& sequences, const Tensor& y) {
  const Index width = x.size(1);
  for (Index s = 0; s < sequences.size(); ++s) {
    const auto [start, length] = sequences[s];
    float* mean = row(y, s);
    std::fill_n(mean, width, 0.0f);
    for (Index r = start; r < start + length; ++r)
      for (Index c = 0; c < width; ++c) mean[c] += row(x, r)[c];
    for (Index c = 0; c < width; ++c) mean[c] /= static_cast<float>(length);
  }
}

void ReferenceBackend::mean_over_rows_backward(const Segments& sequences, const Tensor& dy,
                                               const Tensor& dx) {
  for (Index s = 0; s < sequences.size(); ++s) {
    const auto [start, length] = sequences[s];
    for (Index r = start; r < start + length; ++r)
      for (Index c = 0; c < dy.size(1); ++c) row(dx, r)[c] += row(dy, s)[c] / static_cast<float>(length);
  }
}

void ReferenceBackend::sum(const Tensor& x, const Tensor& total) {
  double all = 0;
  for (Index i = 0; i < x.count(); ++i) all += static_cast<double>(x.data()[i]);
  total.data()[0] = static_cast<float>(all);
}

}  // namespace heed
