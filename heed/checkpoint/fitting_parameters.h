#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/nn/parameters.h"

namespace heed {

/// What became of a file's tensors in a model of another kind, by name.
struct FittingParameters {
  std::vector<std::string> taken;    // the model has one of this name and shape
  std::vector<std::string> missing;  // the model's: the file has none like it
  std::vector<std::string> unused;   // the file's: the model has none like it
};

/// Overwrites those parameters of a model that a file has under the same name and in the same shape; the
/// others stay as they are.
FittingParameters load_fitting_parameters(const std::filesystem::path& file, const ParameterStore& store);

}  // namespace heed
