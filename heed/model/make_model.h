#pragma once
#include "heed/model/sequence_model.h"

namespace heed {

/// A model of the config's architecture, its numbers from a random start or a checkpoint.
std::unique_ptr<SequenceModel> make_model(const ModelConfig& config, ParameterSource& source,
                                          ParameterStore::Purpose purpose, const Placement& placement = {});

}  // namespace heed
