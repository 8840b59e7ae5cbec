#include "heed/checkpoint/fitting_parameters.h"

#include <algorithm>

#include "heed/checkpoint/model_folder.h"
#include "heed/checkpoint/stored_weight.h"

namespace heed {

FittingParameters load_fitting_parameters(const std::filesystem::path& file, const ParameterStore& store) {
  const SafetensorsFile tensors(file);
  tensors.verify();
  CheckpointParameters parameters(tensors, file.string());
  FittingParameters found;
  for (const auto& [name, variable] : store.parameters()) {
    const auto entry = tensors.entries().find(name);
    const bool fits =
        entry != tensors.entries().end() && std::ranges::equal(entry->second.shape, variable.shape());
    (fits ? found.taken : found.missing).push_back(name);
    if (fits) store.memory().write(parameters.parameter(name, variable.shape(), zeros()), variable.value());
  }
  for (const auto& [name, entry] : tensors.entries()) {
    const auto is_it = [&, &tensor = name](const std::string& taken) {
      return tensor == taken || tensor == scale_name(taken);
    };
    if (std::ranges::none_of(found.taken, is_it)) found.unused.push_back(name);
  }
  return found;
}

}  // namespace heed
