#include "heed/bag_of_words/logistic_regression.h"

#include <algorithm>

#include "heed/base/parallel.h"

namespace heed {

LogisticRegression::LogisticRegression(SparseRows rows, std::vector<Index> targets, Index classes)
    : rows_(std::move(rows)),
      by_column_(transposed(rows_)),
      targets_(std::move(targets)),
      classes_(static_cast<std::size_t>(classes)),
      errors_(targets_.size() * classes_),
      losses_(targets_.size()) {}

// The last `classes` of the parameters are the bias.
double LogisticRegression::loss(std::span<const float> parameters, double regularization,
                                std::span<float> gradient) const {
  const auto weight = parameters.first(parameters.size() - classes_), bias = parameters.last(classes_);
  const double share = 1 / static_cast<double>(targets_.size());  // the mean: its size is that of one row
  parallel_for(rows_.rows(), rows_per_thread, [&](Index begin, Index end) {
    write_logits(rows_, weight, bias, begin, end, errors_);
    for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row) {
      const std::span<float> errors = std::span(errors_).subspan(row * classes_, classes_);
      const auto target = static_cast<std::size_t>(targets_[row]);
      const float logit = errors[target];
      losses_[row] = softmax_in_place(errors) - static_cast<double>(logit);
      errors[target] -= 1;
    }
  });
  const auto decay = static_cast<float>(regularization * share), scale = static_cast<float>(share);
  parallel_for(by_column_.rows(), rows_per_thread, [&](Index begin, Index end) {
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

LbfgsResult LogisticRegression::fit(LinearClassifier& classifier, double regularization) const {
  std::vector<float> parameters = classifier.weight;
  parameters.insert(parameters.end(), classifier.bias.begin(), classifier.bias.end());
  const LbfgsResult result = minimize(
      [&](std::span<const float> x, std::span<float> gradient) { return loss(x, regularization, gradient); },
      parameters);
  const auto weights = parameters.begin() + std::ssize(classifier.weight);
  std::copy(parameters.begin(), weights, classifier.weight.begin());
  std::copy(weights, parameters.end(), classifier.bias.begin());
  return result;
}

}  // namespace heed
