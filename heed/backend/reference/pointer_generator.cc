#include "heed/backend/reference/pointer_generator.h"

#include <vector>

#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

namespace {

/// What one query row generates and copies.
struct Mixture {
  double gate = 0;                     // share that is generated
  std::vector<double> generated = {};  // softmax(logits)
  std::vector<double> weights = {};    // of the keys of its sequence
};

void softmax_of(std::vector<double>& scores) {
  const double largest = *std::ranges::max_element(scores);
  double sum = 0;
  for (double& score : scores) sum += score = std::exp(score - largest);
  for (double& score : scores) score /= sum;
}

Mixture mixture_of(const PointerGenerator& operands, Index query, const Segment& keys) {
  Mixture mixture;
  mixture.gate = 1 / (1 + std::exp(-static_cast<double>(row(operands.gates, query)[0])));
  const float* logits = row(operands.logits, query);
  mixture.generated.assign(logits, logits + operands.logits.size(1));
  softmax_of(mixture.generated);
  const Index width = operands.q.size(1);
  const double scale = 1 / std::sqrt(static_cast<double>(width));
  for (Index key = keys.start; key < keys.start + keys.length; ++key)
    mixture.weights.push_back(scale *
                              static_cast<double>(dot(row(operands.q, query), row(operands.k, key), width)));
  softmax_of(mixture.weights);
  return mixture;
}

}  // namespace

void reference::pointer_generator(const PointerGenerator& operands, Index sequence, const Tensor& y) {
  std::vector<double> probabilities;
  const Segment& keys = operands.keys[sequence];
  const auto [first, count] = operands.queries[sequence];
  for (Index query = first; query < first + count; ++query) {
    const Mixture mixture = mixture_of(operands, query, keys);
    probabilities.clear();
    for (const double p : mixture.generated) probabilities.push_back(mixture.gate * p);
    for (Index i = 0; i < keys.length; ++i)
      probabilities[static_cast<std::size_t>(operands.key_classes[keys.start + i])] +=
          (1 - mixture.gate) * mixture.weights[static_cast<std::size_t>(i)];
    for (Index c = 0; c < y.size(1); ++c)
      row(y, query)[c] = static_cast<float>(std::log(probabilities[static_cast<std::size_t>(c)]));
  }
}

// With r[c] the share of a class' probability that is generated, and w[j] the share of its class' probability
// that comes from key j: dlogits[c] = dy[c] r[c] - p[c] sum(dy r), dgate = sum of dy (r - g), and dscores[j]
// = dy[c] w[j] - a[j] sum(dy w), c the class of j. No share is above 1, however unlikely the class.
void reference::pointer_generator_backward(const PointerGenerator& operands, Index sequence, const Tensor& y,
                                           const Tensor& dy, const PointerGeneratorGradients& gradients) {
  const Index classes = y.size(1), width = operands.q.size(1);
  const double scale = 1 / std::sqrt(static_cast<double>(width));
  const Segment& keys = operands.keys[sequence];
  const auto [first, count] = operands.queries[sequence];
  for (Index query = first; query < first + count; ++query) {
    const Mixture mixture = mixture_of(operands, query, keys);
    const float *log_probabilities = row(y, query), *d = row(dy, query);
    double of_generated = 0, of_gate = 0;
    std::vector<double> shares;  // dy[c] r[c]
    for (Index c = 0; c < classes; ++c) {
      const double share = mixture.gate * mixture.generated[static_cast<std::size_t>(c)] /
                           std::exp(static_cast<double>(log_probabilities[c]));
      const double change = static_cast<double>(d[c]);
      shares.push_back(change * share);
      of_generated += change * share;
      of_gate += change * (share - mixture.gate);
    }
    for (Index c = 0; gradients.logits && c < classes; ++c)
      leave(gradients.logits, query, c,
            static_cast<float>(shares[static_cast<std::size_t>(c)] -
                               mixture.generated[static_cast<std::size_t>(c)] * of_generated));
    if (gradients.gates) leave(gradients.gates, query, 0, static_cast<float>(of_gate));
    std::vector<double> of_keys;  // dy[c] w[j]
    double of_copied = 0;
    for (Index i = 0; i < keys.length; ++i) {
      const Index c = operands.key_classes[keys.start + i];
      of_keys.push_back(static_cast<double>(d[c]) * (1 - mixture.gate) *
                        mixture.weights[static_cast<std::size_t>(i)] /
                        std::exp(static_cast<double>(log_probabilities[c])));
      of_copied += of_keys.back();
    }
    for (Index i = 0; i < keys.length; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const auto change = static_cast<float>(scale * (of_keys[at] - mixture.weights[at] * of_copied));
      const Index key = keys.start + i;
      if (gradients.q) add_scaled(row(gradients.q.tensor, query), change, row(operands.k, key), width);
      if (gradients.k) add_scaled(row(gradients.k.tensor, key), change, row(operands.q, query), width);
    }
  }
}

void ReferenceBackend::pointer_generator(const PointerGenerator& operands, const Tensor& y) {
  for (Index sequence = 0; sequence < operands.queries.size(); ++sequence)
    reference::pointer_generator(operands, sequence, y);
}

void ReferenceBackend::pointer_generator_backward(const PointerGenerator& operands, const Tensor& y,
                                                  const Tensor& dy,
                                                  const PointerGeneratorGradients& gradients) {
  start(gradients.q);
  start(gradients.k);
  for (Index sequence = 0; sequence < operands.queries.size(); ++sequence)
    reference::pointer_generator_backward(operands, sequence, y, dy, gradients);
}

}  // namespace heed
