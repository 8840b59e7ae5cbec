#pragma once
#include <cassert>
#include <memory>

#include "heed/tensor/data_type.h"
#include "heed/tensor/shape.h"
#include "heed/tensor/storage.h"

namespace heed {

/// How a tensor's elements lie in memory: in rows, some strides apart, or in an order that a backend has
/// chosen for its products, forth or back, and that nobody else can read.
enum class Layout : std::uint8_t { rows, prepacked, prepacked_backward };

/// A shaped window onto shared memory: copies share it. Holds data, knows no arithmetic. A default one means
/// "absent".
class Tensor {
 public:
  Tensor() = default;
  /// New memory with any content.
  explicit Tensor(const Shape& shape, DataType type = DataType::float32);
  /// New memory filled with zeros.
  static Tensor zeros(const Shape& shape, DataType type = DataType::float32);
  /// A window onto memory that exists already; `storage` must hold the whole shape.
  Tensor(std::shared_ptr<Storage> storage, const Shape& shape, DataType type);

  /// What a backend made of a tensor of this shape: see Backend::prepare.
  static Tensor prepacked(std::shared_ptr<Storage> storage, const Shape& shape, DataType type,
                          Layout layout = Layout::prepacked);

  explicit operator bool() const { return storage_ != nullptr; }
  const Shape& shape() const { return shape_; }
  const Shape& strides() const { return strides_; }  // in elements
  DataType type() const { return type_; }
  Layout layout() const { return layout_; }
  Index rank() const { return shape_.rank(); }
  Index size(Index axis) const { return shape_[axis]; }
  Index stride(Index axis) const { return strides_[axis]; }
  Index count() const { return shape_.count(); }
  /// Rows when all axes but the last are taken together.
  Index rows() const { return rank() == 0 || size(-1) == 0 ? 0 : count() / size(-1); }
  bool packed() const;

  /// The first element. T must be the tensor's own type (asserted).
  template <class T = float>
  T* data() const {
    assert(storage_ && type_ == data_type_of<T> && layout_ == Layout::rows);
    return reinterpret_cast<T*>(storage_->data()) + offset_;
  }

  /// The memory of a prepared tensor.
  std::byte* prepacked_data() const;

  /// Elements [start, start + length) along an axis, sharing memory.
  Tensor narrow(Index axis, Index start, Index length) const;
  /// The same elements in another shape, sharing memory; needs packed memory of the same count.
  Tensor reshape(const Shape& shape) const;
  /// The window that this tensor is onto `whole`, cut into `other`, which is laid out as `whole` is. A view's
  /// gradient is thus a view of the gradient.
  Tensor same_window_of(const Tensor& whole, const Tensor& other) const;
  /// Where this window onto `whole`, which is packed, starts on each axis.
  Shape start_within(const Tensor& whole) const;
  /// The same window without its memory: a layout.
  Tensor without_memory() const;
  /// New memory with the same elements.
  Tensor clone() const;
  /// Copies those of a tensor of this shape and type.
  void copy_elements_of(const Tensor& other) const;

  bool shares_memory_with(const Tensor& other) const { return storage_ && storage_ == other.storage_; }

 private:
  std::shared_ptr<Storage> storage_;
  Index offset_ = 0;  // in elements
  Shape shape_, strides_;
  DataType type_ = DataType::float32;
  Layout layout_ = Layout::rows;
};

}  // namespace heed
