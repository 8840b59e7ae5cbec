#pragma once
#include <filesystem>
#include <string>

#include "heed/model/make_model.h"
#include "heed/safetensors/safetensors.h"

namespace heed {

/// Parameters from a safetensors file.
class CheckpointParameters : public ParameterSource {
 public:
  /// `names_begin_with` stands before every name in the file: the model may be a part of it.
  explicit CheckpointParameters(const SafetensorsFile& file, std::string where,
                                std::string names_begin_with = {});

  /// CheckpointError if the file has none of this name, or one of another shape. Matrices that are
  /// stored in float32 are the mapped file itself, the rest is copied out of it.
  Tensor parameter(const std::string& name, const Shape& shape, const Initializer& initializer) override;
  DataType precision(const std::string& name) const override;
  /// Gives the file's memory back from time to time.
  void packed(const Tensor& weight) override;

  /// CheckpointError if the file holds parameters that nobody asked for: it belongs to another model.
  void require_all_used(const ParameterStore& store) const;

 private:
  const SafetensorsFile& file_;
  std::string where_, prefix_;
  std::size_t packed_bytes_ = 0;
};

/// Where a model's folder has its parameters.
std::filesystem::path parameters_file(const std::filesystem::path& folder);

/// A model's folder holds config.json and model.safetensors (and what others put there: the tokenizers, a
/// card). Both are written whole or not at all.
void save_model(const std::filesystem::path& folder, const Model& model, std::string_view task);
/// `task` is what the model is for: "translation".
void save_config(const std::filesystem::path& folder, ModelConfig config, std::string_view task);
void save_parameters(const std::filesystem::path& file, const ParameterStore& store);

/// CheckpointError or FileError, saying which file and why, if the folder holds no model that this heed can
/// read.
std::unique_ptr<Model> load_model(const std::filesystem::path& folder, ParameterStore::Purpose purpose,
                                  const Placement& placement = {});
/// The same as a model of a family, such as EncoderDecoder. ConfigError if it is of another.
template <class Family>
std::unique_ptr<Family> load_model_as(const std::filesystem::path& folder, ParameterStore::Purpose purpose,
                                      const Placement& placement = {}) {
  return as_family<Family>(load_model(folder, purpose, placement), folder.string());
}
ModelConfig load_config(const std::filesystem::path& folder);
/// What the model in a folder is for.
std::string load_task(const std::filesystem::path& folder);

/// Overwrites a model's parameters with those of a file.
void load_parameters(const std::filesystem::path& file, const ParameterStore& store,
                     const std::string& names_begin_with = {});

}  // namespace heed
