#pragma once
#include <memory>

#include "heed/autograd/gradient.h"
#include "heed/backend/backend.h"

namespace heed {

class Pass;

/// A tensor and the gradient that flows into it. Copies share both; a default one means "absent".
class Variable {
 public:
  Variable() = default;
  /// A value that gradients do not flow into.
  Variable(Tensor value, Pass* pass) : value_(std::move(value)), pass_(pass) {}
  /// A packed value with room for a gradient, made when it is first asked for in the memory of the pass's
  /// backend, or of the host if there is no pass.
  static Variable with_gradient(Tensor value, Pass* pass);
  /// The same of no pass, in this memory, where the value lies.
  static Variable parameter(Tensor value, Memory& memory);

  explicit operator bool() const { return static_cast<bool>(value_); }
  const Tensor& value() const { return value_; }
  const Shape& shape() const { return value_.shape(); }
  Index size(Index axis) const { return value_.size(axis); }
  /// The pass that it was made in. A parameter belongs to none.
  Pass& pass() const;
  bool in_a_pass() const { return pass_ != nullptr; }

  /// What each row counts as, wherever it lies: dropout follows from that. Results of operations that keep
  /// rows in their places keep their names. Absent where nobody named them, and outside of training.
  const RowList& row_names() const { return row_names_; }
  /// The same activations with rows of these names, as many as it has.
  Variable with_row_names(RowList names) const;

  bool needs_gradient() const { return gradient_ != nullptr; }
  bool has_gradient() const { return gradient_ && gradient_->started(); }
  /// What has been left so far: zero where nothing was.
  Tensor gradient() const { return gradient_->of(value_); }
  /// Where a step back leaves its share, all of it: the first one writes, those after it add. Absent where no
  /// gradient is needed.
  Destination destination() const { return gradient_ ? gradient_->destination(value_) : Destination(); }
  /// Makes `whole`, which nobody else uses any more, the gradient, unless there is one already: then false.
  bool adopt_gradient(const Tensor& whole) const { return gradient_->adopt(value_, whole); }
  /// Hands the gradient over: none is left.
  Tensor take_gradient() const { return gradient_->take(); }
  /// Forgets the gradient; the next use starts afresh.
  void drop_gradient() const { gradient_->drop(); }

  /// Elements [start, start + length) along an axis: a window onto the value and onto the gradient.
  Variable narrow(Index axis, Index start, Index length) const;
  /// The same without the memory of the value, for steps back that need none of it.
  Variable without_value() const;

 private:
  Variable(Tensor value, Pass* pass, Memory& memory);

  Tensor value_;
  Pass* pass_ = nullptr;
  RowList row_names_;
  std::shared_ptr<Gradient> gradient_;
};

}  // namespace heed
