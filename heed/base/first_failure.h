#pragma once
#include <exception>
#include <mutex>
#include <utility>

#include "heed/base/index.h"

namespace heed {

/// What went wrong first in a parallel loop, by an item's number, whatever the order in which threads come by
/// the items: so that an error says the same in every run.
class FirstFailure {
 public:
  void note(Index item, std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (failure_ && item_ <= item) return;
    item_ = item;
    failure_ = std::move(failure);
  }
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::mutex mutex_;
  Index item_ = 0;
  std::exception_ptr failure_;
};

}  // namespace heed
