#include "heed/autograd/variable.h"

#include <cassert>

namespace heed {

Variable Variable::with_gradient(Tensor value, Pass* pass) {
  assert(value.packed());
  Variable variable(std::move(value), pass);
  variable.gradient_ = std::make_shared<Gradient>(variable.value_);
  return variable;
}

Pass& Variable::pass() const {
  assert(pass_ != nullptr && "a parameter belongs to no pass: ask the variable that meets it");
  return *pass_;
}

Variable Variable::narrow(Index axis, Index start, Index length) const {
  Variable view = *this;
  view.value_ = value_.narrow(axis, start, length);
  if (view.size(0) != size(0)) view.row_names_ = nullptr;
  return view;
}

Variable Variable::with_row_names(RowList names) const {
  assert(!names || std::ssize(*names) == size(0));
  Variable named = *this;
  named.row_names_ = std::move(names);
  return named;
}

Variable Variable::without_value() const {
  Variable bare = *this;
  bare.row_names_ = nullptr;
  bare.value_ = value_.without_memory();
  return bare;
}

}  // namespace heed
