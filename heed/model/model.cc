#include "heed/model/model.h"

namespace heed {

Model::Model(ModelConfig config, ParameterSource& source, ParameterStore::Purpose purpose,
             const Placement& placement)
    : config_(std::move(config)), store_(std::make_unique<ParameterStore>(source, purpose, placement)) {
  validate(config_);
}

std::unique_ptr<Model> ModelConfig::make(ParameterSource& source, ParameterStore::Purpose purpose,
                                         const Placement& placement) const {
  return architecture_->make(config_, source, purpose, placement);
}

}  // namespace heed
