#include "heed/autograd/variable.h"

#include <cassert>

namespace heed {

Variable Variable::with_gradient(Tensor value, Pass* pass) {
  assert(value.packed());
  Variable variable(std::move(value), pass);
  variable.root_ = std::make_shared<Root>(Root{variable.value_, {}});
  return variable;
}

Pass& Variable::pass() const {
  assert(pass_ != nullptr && "a parameter belongs to no pass: ask the variable that meets it");
  return *pass_;
}

Tensor Variable::gradient() const {
  assert(needs_gradient());
  if (!root_->gradient) root_->gradient = Tensor::zeros(root_->value.shape());
  return value_.same_window_of(root_->value, root_->gradient);
}

Variable Variable::narrow(Index axis, Index start, Index length) const {
  Variable view = *this;
  view.value_ = value_.narrow(axis, start, length);
  return view;
}

}  // namespace heed
