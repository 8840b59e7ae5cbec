#pragma once
#include "heed/model/model.h"

namespace heed {

/// A model of the config's architecture, its numbers from a random start or a checkpoint.
inline std::unique_ptr<Model> make_model(const ModelConfig& config, ParameterSource& source,
                                         ParameterStore::Purpose purpose, const Placement& placement = {}) {
  return config.make(source, purpose, placement);
}

/// The same as one of a family; see require_family.
template <class Family>
std::unique_ptr<Family> as_family(std::unique_ptr<Model> model, std::string_view what) {
  require_family<Family>(*model, what);
  return std::unique_ptr<Family>(static_cast<Family*>(model.release()));
}

}  // namespace heed
