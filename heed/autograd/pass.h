#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "heed/autograd/variable.h"
#include "heed/backend/backend.h"

namespace heed {

/// Names the random numbers of a training pass: the same seed and update drop the same elements.
struct PassSeed {
  std::uint32_t seed = 0, update = 0;
};

/// One run through a model: the kernels that it uses and, when training, its random numbers and the tape of
/// steps to undo. Variables know their pass; it must outlive them.
class Pass {
 public:
  /// weights [sequences, heads, longest queries, longest keys], zero where a sequence is shorter.
  using AttentionObserver = std::function<void(const Tensor& weights)>;
  /// gradient [tokens, width]: of the loss, by the vectors that an embedding gave. Embeddings are numbered in
  /// the order of the pass, from 0.
  using EmbeddingObserver = std::function<void(Index number, const Tensor& gradient)>;

  static Pass inference(Backend& backend) { return Pass(backend, {}, false, {}); }
  /// `examples` are the numbers of the sequences that it is given, if they have any: what is dropped of one
  /// then follows from its own number, not from its place in the batch.
  static Pass training(Backend& backend, PassSeed seed, std::vector<Index> examples = {}) {
    return Pass(backend, seed, true, std::move(examples));
  }

  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  Backend& backend() const { return *backend_; }
  bool recording() const { return recording_; }

  Variable constant(Tensor value) { return {std::move(value), this}; }

  /// Wraps an operation's result. If this pass trains and some input needs a gradient, remembers `backward`,
  /// which is called with the result's gradient; what it captures must own its memory. The gradient is its
  /// own from then on: it may change it in place, or hand it on to an input. Capturing costs as much as a
  /// small kernel: operations of a decoding step ask recording() first.
  template <class Backward, class... Inputs>
  Variable result(Tensor value, Backward backward, const Inputs&... inputs) {
    if (!recording_ || !(inputs.needs_gradient() || ...)) return constant(std::move(value));
    Variable y = Variable::with_gradient(std::move(value), this);
    tape_.emplace_back([y = y.without_value(), backward = std::move(backward)] {
      if (y.has_gradient()) backward(y.take_gradient());
    });
    return y;
  }

  /// Remembers, if this pass trains, a step of the backward pass that has no result of its own: it changes in
  /// place what the steps after it have left in a gradient.
  template <class Backward>
  void step(Backward backward) {
    if (recording_) tape_.emplace_back(std::move(backward));
  }

  /// Adds factor * d(loss)/d(variable) to every variable that led to the loss, last step first. Frees as it
  /// goes.
  void backward(const Variable& loss, float factor = 1);

  /// Says where each sequence lies among the rows that the uses of dropout from here on are for. ShapeError
  /// if there are more or fewer than the pass has examples.
  void rows_lie(const Segments& sequences);
  /// The next use of dropout in this pass: none unless it trains.
  Dropout dropout(float probability);

  /// Called by every attention of this pass, in the order of the model.
  void observe_attention(AttentionObserver observer) { observer_ = std::move(observer); }
  const AttentionObserver& attention_observer() const { return observer_; }

  /// Called in the backward pass by every embedding that this pass makes from here on and that the loss
  /// depends on.
  void observe_embeddings(EmbeddingObserver observer) { embedding_observer_ = std::move(observer); }
  /// What the next embedding of this pass hands its gradient to; empty if nobody observes.
  std::function<void(const Tensor& gradient)> next_embedding_observer();

 private:
  Pass(Backend& backend, PassSeed seed, bool recording, std::vector<Index> examples)
      : backend_(&backend), seed_(seed), recording_(recording), examples_(std::move(examples)) {}

  Backend* backend_;
  PassSeed seed_;
  bool recording_;
  std::vector<Index> examples_;
  RowList rows_;
  std::uint64_t dropouts_ = 0;
  std::vector<std::function<void()>> tape_;
  AttentionObserver observer_;
  EmbeddingObserver embedding_observer_;
  Index embeddings_ = 0;
};

/// The pass of an operation's inputs, some of which may be parameters.
template <class... Inputs>
Pass& pass_of(const Variable& first, const Inputs&... others) {
  if constexpr (sizeof...(others) > 0) {
    if (!first.in_a_pass()) return pass_of(others...);
  }
  return first.pass();
}

}  // namespace heed
