#pragma once
#include "heed/nn/parameters.h"
#include "tests/support/tensors.h"

namespace heed {

/// Numbers that follow from seed and name, for every parameter: no bias is zero and no gain is one, so that a
/// layer that forgets one of them shows.
class VariedParameters : public ParameterSource {
 public:
  explicit VariedParameters(std::uint64_t seed, float deviation = 0.4f)
      : random_(seed), deviation_(deviation) {}

  Tensor parameter(const std::string& name, const Shape& shape, const Initializer& initializer) override {
    Tensor tensor = random_.parameter(name, shape, normal(deviation_));
    if (initializer.kind == Initializer::Kind::constant)
      for (Index i = 0; i < tensor.count(); ++i) tensor.data()[i] += initializer.value;
    return tensor;
  }

 private:
  RandomParameters random_;
  float deviation_;
};

inline std::vector<std::string> names_of(const ParameterStore& store) {
  std::vector<std::string> names;
  for (const auto& parameter : store.parameters()) names.push_back(parameter.name);
  return names;
}

inline Variable parameter_of(const ParameterStore& store, const std::string& name) {
  for (const auto& parameter : store.parameters())
    if (parameter.name == name) return parameter.variable;
  ADD_FAILURE() << "no parameter " << name;
  return {};
}

}  // namespace heed
