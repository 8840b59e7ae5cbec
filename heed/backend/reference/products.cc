#include <vector>

#include "heed/backend/reference/activation.h"
#include "heed/backend/reference/quantization.h"
#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

namespace {

/// The elements as a product in this type sees them, in float32.
Tensor seen_in(DataType type, const Tensor& x) {
  if (type == DataType::float32) return x;
  Tensor result(x.shape());
  const Index width = x.size(-1);
  for (Index r = 0; r < x.rows(); ++r)
    for (Index i = 0; i < width; ++i) row(result, r)[i] = static_cast<float>(BFloat16(row(x, r)[i]));
  return result;
}

Tensor rounded(const Tensor& weight, DataType type, Layout layout) {
  auto storage = Storage::pooled(static_cast<std::size_t>(weight.count()) * sizeof(float));
  Tensor(storage, weight.shape(), DataType::float32).copy_elements_of(seen_in(type, weight));
  return Tensor::prepacked(storage, weight.shape(), type, layout);
}

}  // namespace

ReferenceBackend::ReferenceBackend(DataType products) : products_(products) {
  require<ConfigError>(products == DataType::float32 || products == DataType::bfloat16,
                       "backend: products of ", name_of(products),
                       " have no gradients; give float32 or bfloat16");
}

Tensor ReferenceBackend::prepack(const Tensor& weight, DataType type) {
  return type == DataType::int8 ? quantized(weight) : rounded(weight, type, Layout::prepacked);
}

Tensor ReferenceBackend::prepack_for_pass(const Tensor& weight, Direction direction) {
  return rounded(weight, products_,
                 direction == Direction::forward ? Layout::prepacked : Layout::prepacked_backward);
}

void ReferenceBackend::linear(const Tensor& x, const Tensor& weight, const Tensor& bias,
                              Activation activation, const Tensor& y) {
  const bool prepacked = weight.layout() == Layout::prepacked;
  const DataType type = prepacked ? weight.type() : products_;
  const Index in = weight.size(1), out = weight.size(0);
  const auto finish = [&](Index r, Index o, float sum) {
    row(y, r)[o] = activated(activation, sum + (bias ? bias.data()[o] : 0));
  };
  if (type == DataType::int8) {
    const QuantizedRows w = quantized_rows(weight);
    for (Index r = 0; r < x.rows(); ++r) {
      std::vector<std::int8_t> numbers(static_cast<std::size_t>(in));
      const float scale = quantize(row(x, r), in, numbers.data());
      for (Index o = 0; o < out; ++o)
        finish(r, o, static_cast<float>(dot(numbers.data(), w.row(o), in)) * (scale * w.scales[o]));
    }
    return;
  }
  const Tensor a = seen_in(type, x), b = prepacked ? as_rows(weight) : seen_in(type, weight);
  for (Index r = 0; r < x.rows(); ++r)
    for (Index o = 0; o < out; ++o) finish(r, o, dot(row(a, r), row(b, o), in));
}

void ReferenceBackend::linear_backward_input(const Tensor& dy, const Tensor& weight, const Destination& dx) {
  start(dx);
  const bool prepacked = weight.layout() == Layout::prepacked_backward;
  const Index in = weight.size(1), out = weight.size(0);
  const Tensor a = seen_in(products_, dy), b = prepacked ? as_rows(weight) : seen_in(products_, weight);
  for (Index r = 0; r < dy.rows(); ++r)
    for (Index o = 0; o < out; ++o) add_scaled(row(dx.tensor, r), row(a, r)[o], row(b, o), in);
}

void ReferenceBackend::linear_backward_weight(const Tensor& dy, const Tensor& x, const Destination& dweight,
                                              const Destination& dbias) {
  start(dweight);
  start(dbias);
  const Index in = x.size(1), out = dy.size(1);
  const Tensor a = seen_in(products_, dy), b = seen_in(products_, x);
  for (Index r = 0; r < dy.rows(); ++r) {
    if (dweight)
      for (Index o = 0; o < out; ++o) add_scaled(row(dweight.tensor, o), row(a, r)[o], row(b, r), in);
    if (dbias) add_scaled(dbias.tensor.data(), 1, row(dy, r), out);
  }
}

}  // namespace heed
