#include "heed/autograd/variable.h"

#include <cassert>

#include "heed/autograd/pass.h"

namespace heed {

Variable::Variable(Tensor value, Pass* pass, Memory& memory) : Variable(std::move(value), pass) {
  assert(value_.packed());
  gradient_ = std::make_shared<Gradient>(value_, memory);
}

Variable Variable::with_gradient(Tensor value, Pass* pass) {
  return {std::move(value), pass, pass ? pass->backend() : host_memory()};
}

Variable Variable::parameter(Tensor value, Memory& memory) { return {std::move(value), nullptr, memory}; }

Pass& Variable::pass() const {
  assert(pass_ != nullptr && "a parameter belongs to no pass: ask the variable that meets it");
  return *pass_;
}

Variable Variable::narrow(Index axis, Index start, Index length) const {
  Variable view = *this;
  view.value_ = value_.narrow(axis, start, length);
  if (view.size(0) != size(0)) view.row_names_ = {};
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
  bare.row_names_ = {};
  bare.value_ = value_.without_memory();
  return bare;
}

}  // namespace heed
