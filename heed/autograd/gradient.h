#pragma once
#include <vector>

#include "heed/backend/destination.h"
#include "heed/backend/memory.h"

namespace heed {

/// The gradient of one packed tensor, in the making. Steps back leave their shares in windows of it: the
/// first in each window writes, so that nothing has to be filled with zeros, nor read, before.
class Gradient {
 public:
  /// `memory` is where the value lies, and the gradient too.
  Gradient(const Tensor& value, Memory& memory) : memory_(&memory), layout_(value.without_memory()) {}

  bool started() const { return static_cast<bool>(sum_); }
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

  Memory* memory_;
  Tensor layout_;  // the value's shape and place; not its memory, which may be needed elsewhere by now
  Tensor sum_;     // of what was left
  std::vector<Window> written_;  // apart from each other
  Index unwritten_ = 0;          // elements that no window holds
};

}  // namespace heed
