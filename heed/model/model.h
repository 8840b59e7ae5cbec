#pragma once
#include "heed/autograd/pass.h"
#include "heed/model/model_config.h"

namespace heed {

/// A network with its parameters. What it can do is said by the abstract classes that derive from it: each is
/// a family of architectures, and has the family's name.
class Model {
 public:
  virtual ~Model() = default;
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  const ModelConfig& config() const { return config_; }
  ModelSizes sizes() const { return config_.sizes(); }
  const ParameterStore& store() const { return *store_; }

 protected:
  /// ConfigError if the config does not fit itself.
  Model(ModelConfig config, ParameterSource& source, ParameterStore::Purpose purpose,
        const Placement& placement);

  ParameterScope root() const { return ParameterScope(*store_); }

 private:
  ModelConfig config_;
  std::unique_ptr<ParameterStore> store_;
};

/// The model as one of a family. ConfigError, beginning with `what` it is asked for, if it is of another.
template <class Family>
const Family& require_family(const Model& model, std::string_view what) {
  const auto* cast = dynamic_cast<const Family*>(&model);
  require<ConfigError>(cast != nullptr, what, ": needs a model of the family ", Family::family,
                       ", not of the family ", model.config().architecture().family);
  return *cast;
}

}  // namespace heed
