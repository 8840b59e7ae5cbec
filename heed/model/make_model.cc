#include "heed/model/make_model.h"

#include "heed/model/transformer.h"

namespace heed {
namespace {

using Model = std::unique_ptr<SequenceModel>;

}  // namespace

Model make_model(const ModelConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
                 const Preparation& preparation) {
  const auto make = [&](const TransformerConfig& c) -> Model {
    return std::make_unique<Transformer>(c, source, purpose, preparation);
  };
  return std::visit(make, config);
}

}  // namespace heed
