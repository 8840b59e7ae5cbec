#include "heed/ops/pool.h"

#include <algorithm>
#include <cmath>

// Plain loops instead of kernels: they touch each element once, between layers that multiply it hundreds of
// times, and one thread is done with a batch before others would have started.
namespace heed::ops {
namespace {

void check(std::string_view what, const Variable& x, const Segments& sequences) {
  require<ShapeError>(x.value().rank() == 2, what, ": ", x.shape(), " is no matrix");
  require<ShapeError>(sequences.extent() <= x.size(0), what, ": sequences end at row ", sequences.extent(),
                      " of ", x.size(0));
  for (const auto& [start, length] : sequences)
    require<ShapeError>(length > 0, what, ": the sequence at row ", start, " has no row");
}

/// A sequence's row is called as the first of those that it was made of.
RowList names_of_first(const Variable& x, const Segments& sequences) {
  if (!x.row_names()) return nullptr;
  std::vector<Index> names;
  for (const auto& [start, length] : sequences)
    names.push_back((*x.row_names())[static_cast<std::size_t>(start)]);
  return std::make_shared<const std::vector<Index>>(std::move(names));
}

float* row(const Tensor& x, Index number) { return x.data() + number * x.stride(0); }

}  // namespace

Variable max_over_rows(const Variable& x, const Segments& sequences) {
  check("max over rows", x, sequences);
  const Index width = x.size(1);
  const Tensor y({sequences.size(), width});
  std::vector<Index> winners(static_cast<std::size_t>(y.count()));
  for (Index s = 0; s < sequences.size(); ++s) {
    const auto [start, length] = sequences[s];
    float* best = row(y, s);
    Index* winner = winners.data() + s * width;
    std::copy_n(row(x.value(), start), width, best);
    std::fill_n(winner, width, start);
    for (Index r = start + 1; r < start + length; ++r) {
      const float* from = row(x.value(), r);
      for (Index c = 0; c < width; ++c) {
        // What is no number stays: a network that has gone astray must not look sound.
        if (from[c] <= best[c] || std::isnan(best[c])) continue;
        best[c] = from[c];
        winner[c] = r;
      }
    }
  }
  return x.pass()
      .result(
          y,
          [x = x.without_value(), winners = std::move(winners)](const Tensor& dy) {
            const Tensor dx = x.gradient();
            for (Index s = 0, i = 0; s < dy.size(0); ++s)
              for (Index c = 0; c < dy.size(1); ++c, ++i)
                row(dx, winners[static_cast<std::size_t>(i)])[c] += row(dy, s)[c];
          },
          x)
      .with_row_names(names_of_first(x, sequences));
}

Variable mean_over_rows(const Variable& x, const Segments& sequences) {
  check("mean over rows", x, sequences);
  const Index width = x.size(1);
  const Tensor y = Tensor::zeros({sequences.size(), width});
  for (Index s = 0; s < sequences.size(); ++s) {
    const auto [start, length] = sequences[s];
    float* mean = row(y, s);
    for (Index r = start; r < start + length; ++r)
      for (Index c = 0; c < width; ++c) mean[c] += row(x.value(), r)[c];
    for (Index c = 0; c < width; ++c) mean[c] /= static_cast<float>(length);
  }
  return x.pass()
      .result(
          y,
          [x = x.without_value(), sequences](const Tensor& dy) {
            const Tensor dx = x.gradient();
            for (Index s = 0; s < sequences.size(); ++s) {
              const auto [start, length] = sequences[s];
              for (Index r = start; r < start + length; ++r)
                for (Index c = 0; c < dy.size(1); ++c)
                  row(dx, r)[c] += row(dy, s)[c] / static_cast<float>(length);
            }
          },
          x)
      .with_row_names(names_of_first(x, sequences));
}

}  // namespace heed::ops
