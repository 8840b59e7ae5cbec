#include "heed/checkpoint/model_folder.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/base/settings_json.h"
#include "heed/base/suggestions.h"
#include "heed/checkpoint/stored_weight.h"

namespace heed {
namespace {

constexpr std::string_view config_file = "config.json";
constexpr int format_version = 1;

std::string shape_text(const SafetensorsFile::Entry& entry) {
  std::string text;
  for (const Index size : entry.shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "[" + text + "]";
}

void require_valid(const ModelConfig& config, const std::string& where) {
  try {
    validate(config);
  } catch (const ConfigError& error) {
    throw CheckpointError(message(where, ": ", error.what()));
  }
}

/// config.json as JSON that is heed's and of a version that is known.
nlohmann::ordered_json read_config(const std::filesystem::path& folder) {
  const std::string where = (folder / config_file).string();
  require<FileError>(
      std::filesystem::is_directory(folder), folder.string(),
      ": there is no such folder; a model is a folder with config.json, model.safetensors and its "
      "tokenizer");
  require<CheckpointError>(
      std::filesystem::exists(folder / config_file), folder.string(),
      ": holds no config.json, so it is not a heed model; is training still at its beginning?");
  auto json = nlohmann::ordered_json::parse(read_file(folder / config_file));
  require<CheckpointError>(json.value("format", "") == "heed", where,
                           ": is not a heed model: it has no \"format\": \"heed\"");
  const int version = json.value("version", 0);
  require<CheckpointError>(version == format_version, where, ": is of format version ", version,
                           ", this version of heed reads version ", format_version,
                           "; use the heed that wrote it, or train it again");
  return json;
}

/// What read(json, where) makes of a folder's config.json; errors of JSON and settings become
/// CheckpointErrors.
template <class Read>
auto of_config(const std::filesystem::path& folder, const Read& read) {
  const std::string where = (folder / config_file).string();
  try {
    return read(read_config(folder), where);
  } catch (const nlohmann::json::exception& error) {
    throw CheckpointError(message(where, ": is damaged: ", error.what()));
  } catch (const ConfigError& error) {
    const std::string what = error.what();
    throw CheckpointError(what.starts_with(where) ? what : message(where, ": ", what));
  }
}

Shape shape_of(const SafetensorsFile::Entry& entry) { return Shape(std::span<const Index>(entry.shape)); }

}  // namespace

CheckpointParameters::CheckpointParameters(const SafetensorsFile& file, std::string where,
                                           std::string names_begin_with)
    : file_(file), where_(std::move(where)), prefix_(std::move(names_begin_with)) {}

Tensor CheckpointParameters::parameter(const std::string& name, const Shape& shape, const Initializer&) {
  const std::string full = prefix_ + name;
  if (!file_.contains(full)) {
    std::vector<std::string> others;
    for (const auto& [other, entry] : file_.entries()) others.push_back(other);
    throw CheckpointError(message(where_, ": no tensor ", full, " among its ", others.size(),
                                  did_you_mean(full, others), "; was it saved with another config?"));
  }
  const auto& entry = file_.entries().at(full);
  require<CheckpointError>(
      entry.shape.size() <= static_cast<std::size_t>(Shape::max_rank) && shape_of(entry) == shape, where_,
      ": ", full, " is of shape ", shape_text(entry), ", the config asks for ", shape,
      "; was it saved with another config?");
  const Tensor stored = file_.tensor(full);
  require<CheckpointError>(stored.type() != DataType::int32, where_, ": ", full,
                           " is of int32; only float32, bfloat16 and int8 can be read here");
  Tensor scales;
  if (stored.type() == DataType::int8) {
    scales = file_.tensor(scale_name(full));
    require<CheckpointError>(scales.type() == DataType::float32 && scales.shape() == Shape{stored.rows()},
                             where_, ": ", scale_name(full), " is of ", name_of(scales.type()), " and shape ",
                             scales.shape(), ", but ", full, " has ", stored.rows(), " rows to scale");
  }
  // Biases and gains lie between the weights, all over the file, and the system counts up to 2 MB around each
  // byte that is read: mapped, they would hold half of it in memory.
  if (stored.rank() == 1 && stored.type() == DataType::float32) return stored.clone();
  return restored_weight(stored, scales);
}

void CheckpointParameters::packed(const Tensor& weight) {
  packed_bytes_ += static_cast<std::size_t>(weight.count() * size_of(weight.type()));
  if (packed_bytes_ < std::size_t{16} << 20) return;
  file_.forget();
  packed_bytes_ = 0;
}

DataType CheckpointParameters::precision(const std::string& name) const {
  return file_.tensor(prefix_ + name).type();
}

void CheckpointParameters::require_all_used(const ParameterStore& store) const {
  std::unordered_set<std::string> used;
  for (const auto& name : store.names()) {
    used.insert(prefix_ + name);
    if (file_.contains(prefix_ + name) && file_.entries().at(prefix_ + name).type == "I8")
      used.insert(scale_name(prefix_ + name));
  }
  for (const auto& [name, entry] : file_.entries())
    require<CheckpointError>(!name.starts_with(prefix_) || used.contains(name), where_, ": tensor ", name,
                             " has no place in a model of its config; was it saved with another config?");
}

void save_config(const std::filesystem::path& folder, ModelConfig config, std::string_view task) {
  nlohmann::ordered_json json;
  json["format"] = "heed";
  json["version"] = format_version;
  json["task"] = task;
  json["family"] = config.architecture().family;
  json["architecture"] = config.architecture().name;
  json["model"] = to_json(config.settings());
  write_file(folder / config_file, text_of_json(json, 2) + "\n");
}

void save_parameters(const std::filesystem::path& file, const ParameterStore& store) {
  TensorMap tensors;
  for (const auto& [name, variable] : store.parameters())
    tensors.emplace(name, store.memory().to_host(variable.value()));
  write_safetensors(file, tensors, {{"format", "heed"}});
}

std::filesystem::path parameters_file(const std::filesystem::path& folder) {
  return folder / "model.safetensors";
}

void save_model(const std::filesystem::path& folder, const Model& model, std::string_view task) {
  make_folder(folder);
  save_config(folder, model.config(), task);
  save_parameters(parameters_file(folder), model.store());
}

ModelConfig load_config(const std::filesystem::path& folder) {
  return of_config(folder, [&](const nlohmann::ordered_json& json, const std::string& where) {
    // Models of before there were families are encoder-decoders.
    const Architecture& architecture =
        find_architecture(json.value("family", "encoder-decoder"), json.value("architecture", "transformer"));
    ModelConfig config(architecture, architecture.defaults(architecture, ""));
    set_from_json(config.settings(), json.at("model"), where);
    require_valid(config, where);
    return config;
  });
}

std::string load_task(const std::filesystem::path& folder) {
  return of_config(folder, [](const nlohmann::ordered_json& json, const std::string&) {
    return json.value("task", std::string("translation"));
  });
}

std::unique_ptr<Model> load_model(const std::filesystem::path& folder, ParameterStore::Purpose purpose,
                                  const Placement& placement) {
  const ModelConfig config = load_config(folder);
  require<CheckpointError>(
      std::filesystem::exists(parameters_file(folder)), folder.string(),
      ": holds a config.json but no model.safetensors; has its training not come to its first validation, "
      "or was only a part of the folder copied?");
  const SafetensorsFile file(parameters_file(folder));
  file.verify();
  CheckpointParameters parameters(file, parameters_file(folder).string());
  auto model = make_model(config, parameters, purpose, placement);
  parameters.require_all_used(model->store());
  if (placement.backend) file.forget();
  return model;
}

void load_parameters(const std::filesystem::path& file, const ParameterStore& store,
                     const std::string& names_begin_with) {
  const SafetensorsFile tensors(file);
  tensors.verify();
  CheckpointParameters parameters(tensors, file.string(), names_begin_with);
  parameters.require_all_used(store);
  for (const auto& [name, variable] : store.parameters()) {
    store.memory().write(parameters.parameter(name, variable.shape(), zeros()), variable.value());
  }
}

}  // namespace heed
