#pragma once
#include <limits>
#include <span>

#include "heed/backend/backend.h"

namespace heed {

/// The likeliest tokens after each hypothesis, likeliest first, ties by the lower token: [hypotheses, k]
/// each.
struct TopK {
  Tensor log_probabilities;
  Tensor tokens;  // of int32
};
/// With any content.
TopK new_top_k(Backend& backend, Index hypotheses, Index k);

/// All that search sees of a model: hypotheses that grow by a token a step. A fresh one has a hypothesis for
/// each sequence of a batch, which has read all of its prompt but the last token: a translation's prompt is
/// BOS, so nothing; a language model reads the rest of a prompt in one pass.
class NextTokenModel {
 public:
  virtual ~NextTokenModel() = default;
  virtual Backend& backend() const = 0;
  virtual Index hypotheses() const = 0;
  /// The most tokens of one sequence that the model reads, its prompt included. No limit: its maker sees to
  /// that, or it forgets the oldest tokens.
  virtual Index context() const { return std::numeric_limits<Index>::max(); }
  /// Appends a token to every hypothesis: logits for the token after it, [hypotheses, vocabulary].
  virtual Tensor next(std::span<const Index> tokens) = 0;
  /// Appends a token to every hypothesis: the k likeliest after it, or all there are if they are fewer. The
  /// same as the best of next's logits; a model that need not write those overrides it.
  virtual TopK top(std::span<const Index> tokens, Index k);
  /// Goes on with the hypotheses of these numbers, in this order; one may be named several times, others are
  /// dropped.
  virtual void keep(std::span<const Index> numbers) = 0;
};

}  // namespace heed
