#pragma once
#include <vector>

#include "heed/backend/destination.h"

namespace heed {

/// The gradient of one packed tensor, in the making. Steps back leave their shares in windows of it: the
/// first in each window writes, so that nothing has to be filled with zeros, nor read, before.
class Gradient {
 public:
  explicit Gradient(const Tensor& value) : layout_(value.without_memory()) {}

  bool started() const { return static_cast<bool>(memory_); }
  /// The window that `view` is onto the value, cut into the gradient; zero where nothing was left yet.
  Tensor of(const Tensor& view);
  Destination destination(const Tensor& view);
  bool adopt(const Tensor& view, const Tensor& whole);
  Tensor take();
  void drop();

 private:
  struct Window {
    Shape start, size;
    bool operator==(const Window&) const = default;
    bool overlaps(const Window& other) const;
  };
  Window window_of(const Tensor& view) const;
  /// Zero where nothing was left.
  void complete();

  Tensor layout_;  // the value's shape and place; not its memory, which may be needed elsewhere by now
  Tensor memory_;
  std::vector<Window> written_;  // apart from each other
  Index unwritten_ = 0;          // elements that no window holds
};

}  // namespace heed
