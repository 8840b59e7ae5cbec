#include "heed/tensor/tensor.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace heed {
namespace {

Shape packed_strides(const Shape& shape) {
  Shape strides = shape;
  Index step = 1;
  for (Index axis = shape.rank() - 1; axis >= 0; --axis) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

std::size_t bytes_of(const Shape& shape, DataType type) {
  Index bytes = size_of(type);
  for (Index size : shape) {
    require<ShapeError>(size >= 0, "tensor: shape ", shape, " has a negative size");
    require<ShapeError>(!__builtin_mul_overflow(bytes, size, &bytes), "tensor: shape ", shape,
                        " is larger than any memory");
  }
  return static_cast<std::size_t>(bytes);
}

/// One of two tensors of a shape: where it is, and the bytes from one element to the next on each axis.
struct Walk {
  std::byte* at;
  const Shape& strides;
  Index element;

  Walk step(Index axis, Index i) const { return {at + i * strides[axis] * element, strides, element}; }
};

void copy_elements(const Walk& from, const Walk& to, const Shape& shape, Index axis) {
  if (axis == shape.rank()) {
    std::memcpy(to.at, from.at, static_cast<std::size_t>(to.element));
  } else if (axis + 1 == shape.rank() && from.strides[axis] == 1 && to.strides[axis] == 1) {
    std::memcpy(to.at, from.at, static_cast<std::size_t>(shape[axis] * to.element));
  } else {
    for (Index i = 0; i < shape[axis]; ++i)
      copy_elements(from.step(axis, i), to.step(axis, i), shape, axis + 1);
  }
}

}  // namespace

Tensor::Tensor(const Shape& shape, DataType type)
    : storage_(Storage::pooled(bytes_of(shape, type))),
      shape_(shape),
      strides_(packed_strides(shape)),
      type_(type) {}

Tensor Tensor::zeros(const Shape& shape, DataType type) {
  Tensor result(shape, type);
  std::memset(result.storage_->data(), 0, bytes_of(shape, type));
  return result;
}

Tensor::Tensor(std::shared_ptr<Storage> storage, const Shape& shape, DataType type)
    : storage_(std::move(storage)), shape_(shape), strides_(packed_strides(shape)), type_(type) {
  require<ShapeError>(storage_->bytes() >= bytes_of(shape, type), "tensor: ", storage_->bytes(),
                      " bytes cannot hold ", shape, " of ", name_of(type));
}

Tensor Tensor::prepacked(std::shared_ptr<Storage> storage, const Shape& shape, DataType type, Layout layout) {
  Tensor result;
  result.storage_ = std::move(storage);
  result.shape_ = shape;
  result.strides_ = packed_strides(shape);
  result.type_ = type;
  result.layout_ = layout;
  return result;
}

std::byte* Tensor::prepacked_data() const {
  assert(layout_ != Layout::rows);
  return storage_->data();
}

bool Tensor::packed() const {
  if (layout_ != Layout::rows) return false;
  Index step = 1;
  for (Index axis = rank() - 1; axis >= 0; --axis) {
    if (size(axis) != 1 && stride(axis) != step) return false;
    step *= size(axis);
  }
  return true;
}

Tensor Tensor::narrow(Index axis, Index start, Index length) const {
  require<ShapeError>(layout_ == Layout::rows, "narrow: a tensor prepared for products has no parts");
  require<ShapeError>(axis >= -rank() && axis < rank(), "narrow: axis ", axis, " of a tensor of shape ",
                      shape_);
  require<ShapeError>(start >= 0 && length >= 0 && start + length <= size(axis), "narrow: elements ", start,
                      " to ", start + length, " of an axis of ", size(axis));
  Tensor view = *this;
  view.shape_[axis] = length;
  view.offset_ += start * stride(axis);
  return view;
}

Tensor Tensor::reshape(const Shape& shape) const {
  require<ShapeError>(packed() && shape.count() == count(), "reshape: from ", shape_, " to ", shape,
                      packed() ? "" : ", of a view that is not packed");
  Tensor view = *this;
  view.shape_ = shape;
  view.strides_ = packed_strides(shape);
  return view;
}

Tensor Tensor::same_window_of(const Tensor& whole, const Tensor& other) const {
  Tensor view = *this;
  view.storage_ = other.storage_;
  view.offset_ += other.offset_ - whole.offset_;
  view.type_ = other.type_;
  return view;
}

Shape Tensor::start_within(const Tensor& whole) const {
  Shape start = whole.shape_;
  Index rest = offset_ - whole.offset_;
  for (Index axis = 0; axis < whole.rank(); ++axis) {
    const Index step = std::max<Index>(whole.stride(axis), 1);
    start[axis] = rest / step;
    rest %= step;
  }
  return start;
}

Tensor Tensor::without_memory() const {
  Tensor layout = *this;
  layout.storage_ = nullptr;
  return layout;
}

Tensor Tensor::clone() const {
  require<ShapeError>(layout_ == Layout::rows, "clone: a tensor prepared for products cannot be copied");
  Tensor result(shape_, type_);
  result.copy_elements_of(*this);
  return result;
}

void Tensor::copy_elements_of(const Tensor& other) const {
  assert(other.shape_ == shape_ && other.type_ == type_);
  const Index element = size_of(type_);
  const auto start = [element](const Tensor& x) { return x.storage_->data() + x.offset_ * element; };
  if (packed() && other.packed())
    std::memcpy(start(*this), start(other), static_cast<std::size_t>(count() * element));
  else
    copy_elements({start(other), other.strides_, element}, {start(*this), strides_, element}, shape_, 0);
}

}  // namespace heed
