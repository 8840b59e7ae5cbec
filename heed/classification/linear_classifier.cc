#include "heed/classification/linear_classifier.h"

#include <algorithm>
#include <cmath>

#include "heed/base/parallel.h"

namespace heed {
namespace {

constexpr Index grain = 500;  // rows or columns a thread: fewer are not worth waking it for

/// Logits of rows [begin, end). The last `classes` of the parameters are the bias.
void logits(const SparseRows& rows, std::span<const float> weight, std::span<const float> bias, Index begin,
            Index end, std::span<float> result) {
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

/// Logits to probabilities, in place; gives log(sum(exp(logits))).
double softmax(std::span<float> row) {
  const float most = *std::max_element(row.begin(), row.end());
  double sum = 0;
  for (const float logit : row) sum += std::exp(static_cast<double>(logit - most));
  for (float& logit : row) logit = static_cast<float>(std::exp(static_cast<double>(logit - most)) / sum);
  return std::log(sum) + most;
}

}  // namespace

LinearClassifier::LinearClassifier(Index columns, Index class_count)
    : classes(class_count),
      weight(static_cast<std::size_t>(columns * class_count)),
      bias(static_cast<std::size_t>(class_count)) {}

std::vector<float> LinearClassifier::operator()(const SparseRows& rows) const {
  std::vector<float> result(static_cast<std::size_t>(rows.rows()) * bias.size());
  parallel_for(rows.rows(), grain, [&](Index begin, Index end) {
    logits(rows, weight, bias, begin, end, result);
    for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row)
      softmax(std::span(result).subspan(row * bias.size(), bias.size()));
  });
  return result;
}

LogisticRegression::LogisticRegression(SparseRows rows, std::vector<Index> targets, Index classes)
    : rows_(std::move(rows)),
      by_column_(transposed(rows_)),
      targets_(std::move(targets)),
      classes_(static_cast<std::size_t>(classes)),
      errors_(targets_.size() * classes_),
      losses_(targets_.size()) {}

double LogisticRegression::loss(std::span<const float> parameters, double regularization,
                                std::span<float> gradient) const {
  const auto weight = parameters.first(parameters.size() - classes_), bias = parameters.last(classes_);
  const double share = 1 / static_cast<double>(targets_.size());  // the mean: its size is that of one row
  parallel_for(rows_.rows(), grain, [&](Index begin, Index end) {
    logits(rows_, weight, bias, begin, end, errors_);
    for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row) {
      const std::span<float> errors = std::span(errors_).subspan(row * classes_, classes_);
      const auto target = static_cast<std::size_t>(targets_[row]);
      const float logit = errors[target];
      losses_[row] = softmax(errors) - static_cast<double>(logit);
      errors[target] -= 1;
    }
  });
  const auto decay = static_cast<float>(regularization * share), scale = static_cast<float>(share);
  parallel_for(by_column_.rows(), grain, [&](Index begin, Index end) {
    for (auto column = static_cast<std::size_t>(begin); column < static_cast<std::size_t>(end); ++column) {
      float* out = gradient.data() + column * classes_;
      std::fill_n(out, classes_, 0.0f);
      for (auto i = static_cast<std::size_t>(by_column_.starts[column]);
           i < static_cast<std::size_t>(by_column_.starts[column + 1]); ++i) {
        const float* error = errors_.data() + std::size_t{by_column_.column[i]} * classes_;
        for (std::size_t c = 0; c < classes_; ++c) out[c] += by_column_.value[i] * error[c];
      }
      for (std::size_t c = 0; c < classes_; ++c)
        out[c] = scale * out[c] + decay * weight[column * classes_ + c];
    }
  });
  double sum = 0, squares = 0;
  std::vector<double> of_bias(classes_);
  for (std::size_t row = 0; row < targets_.size(); ++row) {
    sum += losses_[row];
    for (std::size_t c = 0; c < classes_; ++c) of_bias[c] += static_cast<double>(errors_[row * classes_ + c]);
  }
  for (std::size_t c = 0; c < classes_; ++c)
    gradient[weight.size() + c] = static_cast<float>(of_bias[c] * share);
  for (const float each : weight) squares += static_cast<double>(each) * static_cast<double>(each);
  return share * (sum + regularization / 2 * squares);
}

Minimized LogisticRegression::fit(LinearClassifier& classifier, double regularization) const {
  std::vector<float> parameters = classifier.weight;
  parameters.insert(parameters.end(), classifier.bias.begin(), classifier.bias.end());
  const Minimized result = minimize(
      [&](std::span<const float> x, std::span<float> gradient) { return loss(x, regularization, gradient); },
      parameters);
  const auto weights = parameters.begin() + std::ssize(classifier.weight);
  std::copy(parameters.begin(), weights, classifier.weight.begin());
  std::copy(weights, parameters.end(), classifier.bias.begin());
  return result;
}

}  // namespace heed
