#include "heed/nn/parameter_values.h"

namespace heed {

std::vector<Tensor> values_of(const ParameterStore& store) {
  std::vector<Tensor> all;
  for (const auto& parameter : store.parameters())
    all.push_back(store.memory().clone(parameter.variable.value()));
  return all;
}

void swap_values(const ParameterStore& store, const std::vector<Tensor>& others) {
  for (std::size_t i = 0; i < others.size(); ++i)
    store.memory().swap(store.parameters()[i].variable.value(), others[i]);
}

}  // namespace heed
