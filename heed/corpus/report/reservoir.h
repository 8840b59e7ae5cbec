#pragma once
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "heed/base/random.h"

namespace heed {

/// A few of many things, each with the same chance, chosen as they go by (Vitter's algorithm R): the same for
/// the same seed and the same things.
template <class T>
class Reservoir {
 public:
  Reservoir(std::size_t size, std::uint64_t seed, std::uint64_t stream)
      : size_(size), random_(seed, stream) {}

  /// Counts one more; make() makes it if it is chosen.
  template <class Make>
  void offer(const Make& make) {
    const std::uint64_t number = count_++;
    if (items_.size() < size_) {
      items_.push_back({number, make()});
      return;
    }
    // 53 bits, for more things than 32 bits count.
    const std::uint64_t bits = (std::uint64_t{random_()} << 21) ^ (random_() >> 11);
    const auto at =
        static_cast<std::size_t>(static_cast<double>(bits) * 0x1p-53 * static_cast<double>(count_));
    if (at < size_) items_[at] = {number, make()};
  }

  std::uint64_t count() const { return count_; }

  /// What was chosen, in the order in which it went by.
  std::vector<T> take() {
    std::ranges::sort(items_, {}, &Item::number);
    std::vector<T> result;
    for (Item& item : items_) result.push_back(std::move(item.thing));
    return result;
  }

 private:
  struct Item {
    std::uint64_t number;
    T thing;
  };

  std::size_t size_;
  Random random_;
  std::uint64_t count_ = 0;
  std::vector<Item> items_;
};

}  // namespace heed
