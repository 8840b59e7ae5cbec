#pragma once
#include <memory>

#include "heed/model/model.h"

namespace heed {

/// A model of a config whose parameters have names and shapes, but no memory: to know what a model takes
/// before there is one. Nothing can be computed with it, nor its parameters read. ConfigError as for the
/// model itself.
std::unique_ptr<Model> outline_of(const ModelConfig& config);

}  // namespace heed
