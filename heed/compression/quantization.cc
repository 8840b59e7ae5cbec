#include "heed/compression/quantization.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "heed/base/files.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/checkpoint/stored_weight.h"

namespace heed {
namespace {

SafetensorsFile parameters_of(const std::filesystem::path& model) {
  SafetensorsFile file(parameters_file(model));
  file.verify();
  return file;
}

/// A model's parameters as they would come back if they were stored in other types.
class StoredIn : public ParameterSource {
 public:
  StoredIn(const SafetensorsFile& file, const std::filesystem::path& model, const WeightTypes& types)
      : parameters_(file, parameters_file(model).string()), types_(types) {}

  Tensor parameter(const std::string& name, const Shape& shape, const Initializer& initializer) override {
    const Tensor weight = parameters_.parameter(name, shape, initializer);
    const TensorMap stored = stored_weight(name, weight, type_of(name));
    const auto scales = stored.find(scale_name(name));
    return restored_weight(stored.at(name), scales == stored.end() ? Tensor() : scales->second);
  }
  DataType precision(const std::string& name) const override {
    asked_.insert(name);
    return type_of(name);
  }

  /// Those of which precision() was asked: the weights of products.
  const std::set<std::string>& asked() const { return asked_; }

 private:
  DataType type_of(const std::string& name) const {
    const auto found = types_.find(name);
    return found == types_.end() ? DataType::float32 : found->second;
  }

  CheckpointParameters parameters_;
  const WeightTypes& types_;
  mutable std::set<std::string> asked_;
};

/// The tensors of a file, those named in other types.
TensorMap stored_in(const SafetensorsFile& file, const WeightTypes& types, const std::string& where) {
  CheckpointParameters parameters(file, where);
  // A weight's scales go with it: they are made anew where its new type needs them.
  std::set<std::string> left_behind;
  for (const auto& [name, type] : types) left_behind.insert(scale_name(name));
  TensorMap tensors;
  for (const auto& [name, entry] : file.entries()) {
    if (left_behind.contains(name)) continue;
    const auto type = types.find(name);
    if (type == types.end()) {
      tensors.emplace(name, file.tensor(name));
      continue;
    }
    const Tensor weight = parameters.parameter(name, Shape(std::span<const Index>(entry.shape)), zeros());
    for (const auto& [part, tensor] : stored_weight(name, weight, type->second))
      tensors.emplace(part, tensor);
  }
  return tensors;
}

double bytes_of(const TensorMap& tensors) {
  double bytes = 0;
  for (const auto& [name, tensor] : tensors)
    bytes += static_cast<double>(tensor.count() * size_of(tensor.type()));
  return bytes;
}

class Trials {
 public:
  Trials(const std::filesystem::path& model, const QualityTrial& trial, const QuantizationOptions& options,
         Backend& backend)
      : model_(model), file_(parameters_of(model)), trial_(trial), options_(options), backend_(backend) {}

  ModelMeasure measure(const WeightTypes& types) const {
    MeasuredQuality quality = trial_.measure(*model_in(types));
    return {std::move(quality.validation), quality.seconds,
            bytes_of(stored_in(file_, types, model_.string()))};
  }

  /// Weights, those first that cost most when they alone are quantized.
  std::vector<std::string> by_cost(const std::vector<std::string>& weights) const {
    std::vector<std::pair<double, std::string>> costs;
    for (const std::string& weight : weights)
      costs.emplace_back(trial_.quick_loss(*model_in({{weight, options_.type}})), weight);
    std::sort(costs.begin(), costs.end(), std::greater<>());
    std::vector<std::string> names;
    for (auto& [cost, name] : costs) names.push_back(std::move(name));
    return names;
  }

 private:
  std::unique_ptr<Model> model_in(const WeightTypes& types) const {
    StoredIn parameters(file_, model_, types);
    return make_model(load_config(model_), parameters, ParameterStore::Purpose::inference,
                      Placement::prepacked(backend_));
  }

  const std::filesystem::path& model_;
  const SafetensorsFile file_;
  const QualityTrial& trial_;
  const QuantizationOptions& options_;
  Backend& backend_;
};

/// How much worse a measure is than it was.
double lost(const Validation& before, const Validation& after, std::string_view measure) {
  const double less = before.value(measure) - after.value(measure);
  return find_measure(before.measures, measure)->better == Better::higher ? less : -less;
}

/// The other measures by which there is little left of a model.
std::vector<std::string> ruined(const Validation& before, const Validation& after,
                                std::string_view deciding) {
  std::vector<std::string> names;
  for (const Measure& measure : after.measures)
    if (measure.name != deciding && far_below(measure, before.value(measure.name)))
      names.push_back(measure.name);
  return names;
}

std::string told(const ModelMeasure& m) {
  return fmt::format("{}, {:.2f} s", measures_text(m.quality.measures, ", "), m.seconds);
}

}  // namespace

std::vector<std::string> weights_of_products(const std::filesystem::path& model, Backend& backend) {
  const WeightTypes none;
  const SafetensorsFile file = parameters_of(model);
  StoredIn parameters(file, model, none);
  // Opening it asks for them.
  make_model(load_config(model), parameters, ParameterStore::Purpose::inference,
             Placement::prepacked(backend));
  return {parameters.asked().begin(), parameters.asked().end()};
}

WeightTypes all_in(DataType type, const std::vector<std::string>& weights) {
  WeightTypes types;
  for (const std::string& weight : weights) types[weight] = type;
  return types;
}

Quantization quantize(const std::filesystem::path& model, const QualityTrial& trial,
                      const QuantizationOptions& options, Backend& backend,
                      const std::function<void(const std::string&)>& note) {
  const Trials trials(model, trial, options, backend);
  const std::vector<std::string> weights = weights_of_products(model, backend);
  Quantization result;
  result.before = trials.measure({});
  note(fmt::format("as it is: {}", told(result.before)));
  const auto attempt = [&](const WeightTypes& types, const std::string& how) {
    result.types = types;
    result.after = trials.measure(types);
    note(fmt::format("{}: {}", how, told(result.after)));
    result.lost = lost(result.before.quality, result.after.quality, trial.deciding);
    result.ruined = ruined(result.before.quality, result.after.quality, trial.deciding);
    result.good_enough = result.lost <= options.largest_loss && result.ruined.empty();
    return result.good_enough;
  };
  WeightTypes types = all_in(options.type, weights);
  if (attempt(types, fmt::format("all weights in {}", name_of(options.type)))) return result;
  if (options.type == DataType::bfloat16) return result;
  const std::vector<std::string> ranked = trials.by_cost(weights);
  std::size_t kept = 0;
  for (const std::size_t parts : {8, 4, 2, 1}) {
    const std::size_t keep = std::max<std::size_t>(1, weights.size() / parts);
    for (; kept < keep; ++kept) types[ranked[kept]] = DataType::bfloat16;
    if (attempt(types, fmt::format("the {} of {} weights that cost most in bfloat16", keep, weights.size())))
      return result;
  }
  return result;
}

void save_quantized(const std::filesystem::path& model, const std::filesystem::path& to,
                    const WeightTypes& types) {
  require<FileError>(!std::filesystem::exists(parameters_file(to)), to.string(),
                     ": holds a model already; choose another folder");
  make_folder(to);
  for (const auto& entry : std::filesystem::directory_iterator(model))
    if (entry.is_regular_file() && entry.path() != parameters_file(model))
      write_file(to / entry.path().filename(), read_file(entry.path()));
  const SafetensorsFile file = parameters_of(model);
  write_safetensors(parameters_file(to), stored_in(file, types, model.string()), {{"format", "heed"}});
}

}  // namespace heed
