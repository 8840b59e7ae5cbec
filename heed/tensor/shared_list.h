#pragma once
#include <algorithm>
#include <concepts>
#include <memory>
#include <mutex>
#include <ranges>
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A list that lies on the host, shared by its copies and never changed: what kernels are told besides
/// tensors. A device may keep its own copy with it. A part is a window onto the same list; a default one
/// means "absent".
template <class T>
class SharedList {
 public:
  SharedList() = default;
  SharedList(std::vector<T>&& values) : SharedList(std::make_shared<const Whole>(std::move(values))) {}
  SharedList(std::initializer_list<T> values) : SharedList(std::vector<T>(values)) {}
  /// Copies the values.
  template <std::ranges::contiguous_range Range>
  requires std::same_as<std::ranges::range_value_t<Range>, T> &&
      (!std::derived_from<std::remove_cvref_t<Range>, SharedList>)SharedList(const Range& values)
      : SharedList(std::vector<T>(values.begin(), values.end())) {}

  explicit operator bool() const { return whole_ != nullptr; }
  Index size() const { return length_; }
  bool empty() const { return length_ == 0; }
  const T* data() const { return whole_ ? whole_->values.data() + start_ : nullptr; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + length_; }
  const T& operator[](Index i) const { return whole_->values[static_cast<std::size_t>(start_ + i)]; }
  std::span<const T> operator*() const { return {data(), static_cast<std::size_t>(length_)}; }
  bool operator==(const SharedList& other) const { return std::ranges::equal(*this, other); }

  /// Values [start, start + length), sharing the list.
  SharedList part(Index start, Index length) const {
    SharedList some = *this;
    some.start_ += start;
    some.length_ = length;
    return some;
  }
  /// Where this part starts in the list that it was cut from.
  Index start() const { return start_; }

  /// A device's copy of the whole list: `make(values)` gives it when it is first asked for, as a shared_ptr.
  /// It lives as long as the list. A list serves one device.
  template <class Make>
  std::shared_ptr<const void> device_copy(const Make& make) const {
    std::call_once(whole_->copied, [&] { whole_->copy = make(std::span<const T>(whole_->values)); });
    return whole_->copy;
  }

 private:
  struct Whole {
    explicit Whole(std::vector<T>&& numbers) : values(std::move(numbers)) {}
    const std::vector<T> values;
    mutable std::once_flag copied;
    mutable std::shared_ptr<const void> copy;
  };
  explicit SharedList(std::shared_ptr<const Whole> whole)
      : whole_(std::move(whole)), length_(static_cast<Index>(whole_->values.size())) {}

  std::shared_ptr<const Whole> whole_;
  Index start_ = 0, length_ = 0;
};

/// Numbers of rows, tokens or places.
using IndexList = SharedList<Index>;

}  // namespace heed
