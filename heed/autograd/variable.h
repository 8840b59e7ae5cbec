#pragma once
#include <memory>

#include "heed/tensor/tensor.h"

namespace heed {

class Pass;

/// A tensor and the gradient that flows into it. Copies share both; a default one means "absent".
class Variable {
 public:
  Variable() = default;
  /// A value that gradients do not flow into.
  Variable(Tensor value, Pass* pass) : value_(std::move(value)), pass_(pass) {}
  /// A packed value with room for a gradient, made when it is first asked for.
  static Variable with_gradient(Tensor value, Pass* pass);

  explicit operator bool() const { return static_cast<bool>(value_); }
  const Tensor& value() const { return value_; }
  const Shape& shape() const { return value_.shape(); }
  Index size(Index axis) const { return value_.size(axis); }
  /// The pass that it was made in. A parameter belongs to none.
  Pass& pass() const;
  bool in_a_pass() const { return pass_ != nullptr; }

  bool needs_gradient() const { return root_ != nullptr; }
  bool has_gradient() const { return root_ && root_->gradient; }
  /// Starts at zero; backward steps add to it.
  Tensor gradient() const;
  /// Forgets the gradient; the next use starts at zero again.
  void drop_gradient() const { root_->gradient = Tensor(); }

  /// Elements [start, start + length) along an axis: a window onto the value and onto the gradient.
  Variable narrow(Index axis, Index start, Index length) const;

 private:
  struct Root {
    Tensor value;  // what `gradient` belongs to, whole
    Tensor gradient;
  };

  Tensor value_;
  Pass* pass_ = nullptr;
  std::shared_ptr<Root> root_;
};

}  // namespace heed
