#include "heed/model/sequence_model.h"

namespace heed {

SequenceModel::SequenceModel(ModelConfig config, ParameterSource& source, ParameterStore::Purpose purpose,
                             const Placement& placement)
    : config_(std::move(config)), store_(std::make_unique<ParameterStore>(source, purpose, placement)) {
  validate(config_);
}

Variable SequenceModel::operator()(Pass& pass, std::span<const Index> source_tokens, const Segments& sources,
                                   std::span<const Index> target_tokens, const Segments& targets) const {
  return projection()(before_projection(pass, source_tokens, sources, target_tokens, targets));
}

Variable SequenceModel::before_projection(Pass& pass, std::span<const Index> source_tokens,
                                          const Segments& sources, std::span<const Index> target_tokens,
                                          const Segments& targets) const {
  const auto state = start(pass, source_tokens, sources);
  return decode(pass, target_tokens, targets, *state);
}

}  // namespace heed
