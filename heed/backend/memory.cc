#include "heed/backend/memory.h"

#include <algorithm>
#include <cassert>

namespace heed {
namespace {

/// The axes before this one have one element each.
void fill_from(const Tensor& x, Index axis, float value) {
  if (x.packed()) {
    std::fill_n(x.data(), x.count(), value);
    return;
  }
  for (Index i = 0; i < x.size(axis); ++i) fill_from(x.narrow(axis, i, 1), axis + 1, value);
}

}  // namespace

Tensor Memory::empty(const Shape& shape, DataType type) { return Tensor(shape, type); }

void Memory::fill(const Tensor& x, float value) { fill_from(x, 0, value); }

void Memory::copy(const Tensor& from, const Tensor& to) { to.copy_elements_of(from); }

Tensor Memory::to_host(const Tensor& x) { return x; }

Tensor Memory::from_host(const Tensor& host) { return host; }

void Memory::write(const Tensor& host, const Tensor& to) { to.copy_elements_of(host); }

Tensor Memory::zeros(const Shape& shape) {
  const Tensor x = empty(shape);
  fill(x, 0);
  return x;
}

Tensor Memory::clone(const Tensor& x) {
  const Tensor copied = empty(x.shape(), x.type());
  copy(x, copied);
  return copied;
}

void Memory::swap(const Tensor& a, const Tensor& b) {
  const Tensor kept = clone(a);
  copy(b, a);
  copy(kept, b);
}

std::vector<float> Memory::numbers(const Tensor& x) {
  Tensor host = to_host(x);
  if (!host.packed()) host = host.clone();
  return {host.data(), host.data() + host.count()};
}

float Memory::number(const Tensor& x) {
  assert(x.count() == 1);
  return to_host(x).data()[0];
}

Memory& host_memory() {
  static Memory memory;
  return memory;
}

}  // namespace heed
