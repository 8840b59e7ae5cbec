#pragma once
#include <span>
#include <vector>

#include "heed/tensor/tensor.h"

namespace heed {

/// Where a backend's tensors lie, and the host's only way to make, read and write them. What is written here
/// is for tensors in the host's own memory, which kernels and host share; a device overrides it.
///
/// A host tensor is one that Tensor's constructors make, or that lies in a mapped file: its data() may be
/// read.
class Memory {
 public:
  virtual ~Memory() = default;

  /// A new tensor with any content.
  virtual Tensor empty(const Shape& shape, DataType type = DataType::float32);
  /// Every element of x, which is of float32, becomes `value`.
  virtual void fill(const Tensor& x, float value);
  /// Between tensors that lie here, of one shape and type.
  virtual void copy(const Tensor& from, const Tensor& to);

  /// A host tensor with the elements of x: x itself where it lies in the host's memory, else a copy. To be
  /// read before x is written to again.
  virtual Tensor to_host(const Tensor& x);
  /// A tensor here with a host tensor's elements, for kernels to read: the host tensor itself where kernels
  /// can, else a copy. Nobody writes to it: it may lie in a mapped file.
  virtual Tensor from_host(const Tensor& host);
  /// Copies a host tensor into one that lies here, of its shape and type.
  virtual void write(const Tensor& host, const Tensor& to);

  /// A new tensor of float32, filled with zeros.
  Tensor zeros(const Shape& shape);
  /// A new tensor with the elements of x.
  Tensor clone(const Tensor& x);
  /// Exchanges the elements of two tensors of one shape and type.
  void swap(const Tensor& a, const Tensor& b);
  /// All elements of x, which is of float32, in order.
  std::vector<float> numbers(const Tensor& x);
  /// The only element of x, which is of float32.
  float number(const Tensor& x);
};

/// The host's memory itself: where tensors lie that no backend was named for. It has no state.
Memory& host_memory();

}  // namespace heed
