#include "heed/lesson/growth_of_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "heed/lesson/table.h"
#include "heed/nn/initializer.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/linear.h"
#include "heed/ops/softmax.h"

namespace heed {
namespace {

constexpr Index queries = 512, keys = 8;

Tensor random_rows(Index rows, Index width, std::uint64_t stream) {
  const Tensor tensor({rows, width});
  normal(1).fill(tensor, Random(1, stream));
  return tensor;
}

float root_mean_square(const Tensor& tensor) {
  double sum = 0;
  for (Index i = 0; i < tensor.count(); ++i) sum += double{tensor.data()[i]} * double{tensor.data()[i]};
  return static_cast<float>(std::sqrt(sum / static_cast<double>(tensor.count())));
}

float mean_of_largest(const Tensor& weights) {
  double sum = 0;
  for (Index row = 0; row < weights.rows(); ++row) {
    const float* first = weights.data() + row * weights.size(-1);
    sum += double{*std::max_element(first, first + weights.size(-1))};
  }
  return static_cast<float>(sum / static_cast<double>(weights.rows()));
}

}  // namespace

nlohmann::json growth_of_scores(Backend& backend) {
  Names rows;
  std::vector<float> values;
  for (const Index width : {4, 16, 64, 256, 1024}) {
    Pass pass = Pass::inference(backend);
    const Variable q = pass.constant(backend.from_host(random_rows(queries, width, 1))),
                   k = pass.constant(backend.from_host(random_rows(keys, width, 2))),
                   scores = ops::linear(q, k, {});
    const auto weights = [&](const Variable& x) { return backend.to_host(ops::softmax(x).value()); };
    const float root = std::sqrt(static_cast<float>(width));
    rows.push_back("d = " + std::to_string(width));
    for (const float value : {root, root_mean_square(backend.to_host(scores.value())),
                              mean_of_largest(weights(scores)), mean_of_largest(weights(1 / root * scores))})
      values.push_back(value);
  }
  return table_json(rows, {"√d", "size of q · k", "largest weight", "with q · k / √d"}, values);
}

}  // namespace heed
