#include "heed/autograd/gradient.h"

#include <algorithm>

namespace heed {

bool Gradient::Window::overlaps(const Window& other) const {
  for (Index axis = 0; axis < start.rank(); ++axis)
    if (start[axis] + size[axis] <= other.start[axis] || other.start[axis] + other.size[axis] <= start[axis])
      return false;
  return true;
}

Gradient::Window Gradient::window_of(const Tensor& view) const {
  return {view.start_within(layout_), view.shape()};
}

Tensor Gradient::of(const Tensor& view) {
  complete();
  return view.same_window_of(layout_, sum_);
}

Destination Gradient::destination(const Tensor& view) {
  if (!sum_) {
    sum_ = memory_->empty(layout_.shape());
    unwritten_ = sum_.count();
  }
  const Tensor window = view.same_window_of(layout_, sum_);
  if (unwritten_ == 0) return window;
  const Window wanted = window_of(view);
  if (std::find(written_.begin(), written_.end(), wanted) != written_.end()) return window;
  if (std::any_of(written_.begin(), written_.end(), [&](const Window& w) { return w.overlaps(wanted); })) {
    complete();
    return view.same_window_of(layout_, sum_);
  }
  unwritten_ -= view.count();
  if (unwritten_ == 0)
    written_.clear();
  else
    written_.push_back(wanted);
  return overwriting(window);
}

bool Gradient::adopt(const Tensor& view, const Tensor& whole) {
  if (sum_ || view.shape() != layout_.shape()) return false;
  sum_ = whole;
  unwritten_ = 0;
  return true;
}

Tensor Gradient::take() {
  complete();
  return std::exchange(sum_, Tensor());
}

void Gradient::drop() {
  sum_ = Tensor();
  written_.clear();
}

void Gradient::complete() {
  if (sum_ && unwritten_ == 0) return;
  const Tensor parts = std::exchange(sum_, memory_->zeros(layout_.shape()));
  const auto cut = [](Tensor whole, const Window& window) {
    for (Index axis = 0; axis < whole.rank(); ++axis)
      whole = whole.narrow(axis, window.start[axis], window.size[axis]);
    return whole;
  };
  for (const Window& window : written_) memory_->copy(cut(parts, window), cut(sum_, window));
  written_.clear();
  unwritten_ = 0;
}

}  // namespace heed
