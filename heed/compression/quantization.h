#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "heed/backend/backend.h"
#include "heed/compression/quality_trial.h"

namespace heed {

/// What each weight of a model is stored and multiplied in; those that are not named stay in float32.
using WeightTypes = std::map<std::string, DataType>;

/// What a model costs and what it is worth.
struct ModelMeasure {
  Validation quality;
  double seconds = 0;  // that measuring took
  double bytes = 0;    // of all its parameters as they are stored
};

struct QuantizationOptions {
  DataType type = DataType::int8;
  double largest_loss = 0.2;  // of the deciding measure that may be lost, in its unit
};

struct Quantization {
  WeightTypes types;
  ModelMeasure before, after;
  double lost = 0;                  // of the deciding measure
  std::vector<std::string> ruined;  // other measures, by name, that are far below what they were
  bool good_enough = false;         // what is lost is within the limit, and nothing is ruined
};

/// The weights of a model, of whatever family, that products are made with: what can be quantized.
std::vector<std::string> weights_of_products(const std::filesystem::path& model, Backend& backend);

/// All weights in one type.
WeightTypes all_in(DataType type, const std::vector<std::string>& weights);

/// Finds what each weight can be stored in. If quantizing all of them costs more of the deciding measure than
/// allowed, those that raise the loss of a token the most when quantized alone are kept in bfloat16, more and
/// more of them. `note` is told how it goes.
Quantization quantize(const std::filesystem::path& model, const QualityTrial& trial,
                      const QuantizationOptions& options, Backend& backend,
                      const std::function<void(const std::string&)>& note);

/// Writes the model with its weights in these types, with all else that its folder holds but its training's
/// state. FileError if the folder exists already.
void save_quantized(const std::filesystem::path& model, const std::filesystem::path& to,
                    const WeightTypes& types);

}  // namespace heed
