#include "heed/backend/dropout.h"
#include "heed/backend/reference/activation.h"
#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

namespace {

/// visit(row, column) for every element.
template <class Visit>
void for_each_element(const Tensor& x, Visit visit) {
  const Index width = x.size(-1);
  for (Index r = 0; r < x.rows(); ++r)
    for (Index c = 0; c < width; ++c) visit(r, c);
}

/// An element of x, unless it is dropped.
float kept(const Dropout& dropout, const Tensor& x, Index r, Index c) {
  const float value = row(x, r)[c];
  return dropout ? value * dropout_factor(dropout, dropout.first_element(r, x.size(-1)) + c) : value;
}

float load(const Tensor& x, Index element) {
  return x.type() == DataType::bfloat16 ? static_cast<float>(x.data<BFloat16>()[element]) : x.data()[element];
}

void store(const Tensor& x, Index element, float value) {
  if (x.type() == DataType::bfloat16)
    x.data<BFloat16>()[element] = BFloat16(value);
  else
    x.data()[element] = value;
}

}  // namespace

void ReferenceBackend::activate(Activation activation, const Tensor& x, const Tensor& y) {
  for_each_element(x, [&](Index r, Index c) { row(y, r)[c] = activated(activation, row(x, r)[c]); });
}

void ReferenceBackend::activate_backward(Activation activation, const Tensor& x, const Tensor& dy,
                                         const Destination& dx) {
  for_each_element(x, [&](Index r, Index c) {
    leave(dx, r, c, row(dy, r)[c] * activation_slope(activation, row(x, r)[c]));
  });
}

void ReferenceBackend::relu_backward(const Tensor& y, const Tensor& dy, float factor, const Destination& dx) {
  for_each_element(y,
                   [&](Index r, Index c) { leave(dx, r, c, row(y, r)[c] > 0 ? factor * row(dy, r)[c] : 0); });
}

void ReferenceBackend::add(const Tensor& a, const Tensor& b, const Dropout& dropout, const Tensor& y) {
  for_each_element(a, [&](Index r, Index c) { row(y, r)[c] = row(a, r)[c] + kept(dropout, b, r, c); });
}

void ReferenceBackend::accumulate(const Tensor& from, float factor, const Dropout& dropout,
                                  const Destination& into) {
  for_each_element(from, [&](Index r, Index c) { leave(into, r, c, factor * kept(dropout, from, r, c)); });
}

void ReferenceBackend::multiply(const Tensor& a, const Tensor& b, const Tensor& y) {
  for_each_element(a, [&](Index r, Index c) { row(y, r)[c] = row(a, r)[c] * row(b, r)[c]; });
}

void ReferenceBackend::accumulate_product(const Tensor& a, const Tensor& b, const Destination& into) {
  for_each_element(a, [&](Index r, Index c) { leave(into, r, c, row(a, r)[c] * row(b, r)[c]); });
}

void ReferenceBackend::copy(const Tensor& from, const Tensor& to) {
  const auto at = [](const Tensor& x, Index r, Index c) {
    return r * (x.rank() == 2 ? x.stride(0) : x.size(-1)) + c;
  };
  for_each_element(from, [&](Index r, Index c) { store(to, at(to, r, c), load(from, at(from, r, c))); });
}

void ReferenceBackend::copy_rows(const Tensor& from, const IndexList& from_rows, const Tensor& to,
                                 const IndexList& to_rows) {
  for (Index i = 0; i < from_rows.size(); ++i)
    std::copy_n(row(from, from_rows[i]), from.size(1), row(to, to_rows[i]));
}

}  // namespace heed
