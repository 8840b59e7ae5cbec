#include "heed/model/outline.h"

#include "heed/model/make_model.h"

namespace heed {
namespace {

Tensor without_memory(const Shape& shape, DataType type = DataType::float32) {
  const auto bytes = static_cast<std::size_t>(shape.count() * size_of(type));
  return {Storage::borrowed(nullptr, bytes, nullptr), shape, type};
}

/// Tensors that lie nowhere.
class NoMemory final : public Memory {
 public:
  Tensor empty(const Shape& shape, DataType type) override { return without_memory(shape, type); }
  Tensor from_host(const Tensor& host) override { return without_memory(host.shape(), host.type()); }
  void write(const Tensor&, const Tensor&) override {}
};

class Shapes final : public ParameterSource {
 public:
  Tensor parameter(const std::string&, const Shape& shape, const Initializer&) override {
    return without_memory(shape);
  }
};

}  // namespace

std::unique_ptr<Model> outline_of(const ModelConfig& config) {
  static NoMemory nowhere;
  Shapes shapes;
  return make_model(config, shapes, ParameterStore::Purpose::training, {.memory = &nowhere});
}

}  // namespace heed
