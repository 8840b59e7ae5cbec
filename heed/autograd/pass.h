#pragma once
#include <cstdint>
#include <functional>
#include <string_view>
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
  /// `layer` is the name of the attention's scope, such as "decoder.layers.0.self_attention"; weights
  /// [sequences, heads, longest queries, longest keys], zero where a sequence is shorter.
  using AttentionObserver = std::function<void(std::string_view layer, const Tensor& weights)>;
  /// gradient [tokens, width]: of the loss, by the vectors that an embedding gave. `layer` is its name, such
  /// as "encoder".
  using EmbeddingObserver = std::function<void(std::string_view layer, const Tensor& gradient)>;

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
  /// The result's rows are called as those of the first input that has as many rows with names.
  template <class Backward, class... Inputs>
  Variable result(Tensor value, Backward backward, const Inputs&... inputs) {
    if (!recording_) return constant(std::move(value));
    RowList names;
    (name_rows_like(inputs, value, names), ...);
    if (!(inputs.needs_gradient() || ...)) return constant(std::move(value)).with_row_names(std::move(names));
    Variable y = Variable::with_gradient(std::move(value), this).with_row_names(std::move(names));
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

  /// The only number of a loss's gradient, in the step that undoes the loss. That with which backward began
  /// is known; any other is read from the backend's memory, for which a device must wait.
  float gradient_of_loss(const Tensor& gradient) const {
    return gradient.shares_memory_with(first_gradient_) ? first_factor_ : backend_->number(gradient);
  }

  /// What rows are called that lie as these sequences, one for each of the pass' examples: by example and
  /// place in it. Absent if the pass was made without examples. ShapeError if there are more or fewer.
  RowList row_names(const Segments& sequences) const;
  /// The next use of dropout in this pass, on the rows of `x`: none unless it trains. What is dropped follows
  /// from the names of the rows; std::logic_error if the pass has examples, but nobody named these rows.
  Dropout dropout(float probability, const Variable& x) { return dropout(probability, x.row_names()); }
  Dropout dropout(float probability, const RowList& rows);

  /// Called by every attention of this pass, in the order of the model.
  void observe_attention(AttentionObserver observer) { observer_ = std::move(observer); }
  const AttentionObserver& attention_observer() const { return observer_; }

  /// Called in the backward pass by every embedding that this pass makes from here on and that the loss
  /// depends on.
  void observe_embeddings(EmbeddingObserver observer) { embedding_observer_ = std::move(observer); }
  /// What the embedding of this name hands its gradient to; empty if nobody observes.
  std::function<void(const Tensor& gradient)> embedding_observer(std::string_view layer) const;

 private:
  Pass(Backend& backend, PassSeed seed, bool recording, std::vector<Index> examples)
      : backend_(&backend), seed_(seed), recording_(recording), examples_(std::move(examples)) {}

  static void name_rows_like(const Variable& input, const Tensor& value, RowList& names) {
    if (!names && input.row_names() && value.rank() > 0 && value.size(0) == input.row_names().size())
      names = input.row_names();
  }

  Backend* backend_;
  PassSeed seed_;
  bool recording_;
  std::vector<Index> examples_;
  std::uint64_t dropouts_ = 0;
  std::vector<std::function<void()>> tape_;
  Tensor first_gradient_;  // while the last step on the tape is undone: nobody can have changed it yet
  float first_factor_ = 1;
  AttentionObserver observer_;
  EmbeddingObserver embedding_observer_;
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
