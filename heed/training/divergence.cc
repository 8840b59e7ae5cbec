#include "heed/training/divergence.h"

#include <fmt/format.h>

#include <cmath>

namespace heed {

std::string NotFinite::text() const {
  if (what == What::sum) return "no weight nor gradient, only their sums";
  const std::string others =
      tensors == 1 ? "" : fmt::format(" and {} other{}", tensors - 1, tensors == 2 ? "" : "s");
  return fmt::format("the {} of {}{}", what == What::weight ? "weight" : "gradient", tensor, others);
}

bool all_finite(Memory& memory, const Tensor& tensor) {
  // A sum of zeros, unless something times 0 is no 0: without a branch in the loop.
  float sum = 0;
  const Tensor host = memory.to_host(tensor);
  const float* numbers = host.data();
  for (Index i = 0; i < tensor.count(); ++i) sum += 0 * numbers[i];
  return sum == 0;
}

NotFinite find_not_finite(const ParameterStore& store) {
  NotFinite found;
  for (const auto& [name, variable] : store.parameters()) {
    if (all_finite(store.memory(), variable.value())) continue;
    if (found.tensors++ == 0) found.tensor = name;
    found.what = NotFinite::What::weight;
  }
  if (found.tensors > 0) return found;
  for (const auto& [name, variable] : store.parameters()) {
    if (!variable.has_gradient() || all_finite(store.memory(), variable.gradient())) continue;
    ++found.tensors;
    found.tensor = name;
    found.what = NotFinite::What::gradient;
  }
  return found;
}

}  // namespace heed
