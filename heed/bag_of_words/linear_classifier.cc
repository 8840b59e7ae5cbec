#include "heed/bag_of_words/linear_classifier.h"

#include <algorithm>
#include <cmath>

#include "heed/base/parallel.h"

namespace heed {

void write_logits(const SparseRows& rows, std::span<const float> weight, std::span<const float> bias,
                  Index begin, Index end, std::span<float> result) {
  const std::size_t classes = bias.size();
  for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row) {
    float* out = result.data() + row * classes;
    std::copy(bias.begin(), bias.end(), out);
    for (auto i = static_cast<std::size_t>(rows.starts[row]);
         i < static_cast<std::size_t>(rows.starts[row + 1]); ++i) {
      const float* from = weight.data() + std::size_t{rows.column[i]} * classes;
      for (std::size_t c = 0; c < classes; ++c) out[c] += rows.value[i] * from[c];
    }
  }
}

double softmax_in_place(std::span<float> row) {
  const float most = *std::max_element(row.begin(), row.end());
  double sum = 0;
  for (const float logit : row) sum += std::exp(static_cast<double>(logit - most));
  for (float& logit : row) logit = static_cast<float>(std::exp(static_cast<double>(logit - most)) / sum);
  return std::log(sum) + most;
}

LinearClassifier::LinearClassifier(Index columns, Index class_count)
    : classes(class_count),
      weight(static_cast<std::size_t>(columns * class_count)),
      bias(static_cast<std::size_t>(class_count)) {}

std::vector<float> LinearClassifier::operator()(const SparseRows& rows) const {
  std::vector<float> result(static_cast<std::size_t>(rows.rows()) * bias.size());
  parallel_for(rows.rows(), rows_per_thread, [&](Index begin, Index end) {
    write_logits(rows, weight, bias, begin, end, result);
    for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row)
      softmax_in_place(std::span(result).subspan(row * bias.size(), bias.size()));
  });
  return result;
}

}  // namespace heed
