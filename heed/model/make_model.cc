#include "heed/model/make_model.h"

#include "heed/model/recurrent_model.h"
#include "heed/model/transformer.h"

namespace heed {
namespace {

using Model = std::unique_ptr<SequenceModel>;

template <class Config>
struct ModelOf;
template <>
struct ModelOf<TransformerConfig> {
  using type = Transformer;
};
template <>
struct ModelOf<RecurrentConfig> {
  using type = RecurrentModel;
};

}  // namespace

Model make_model(const ModelConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
                 const Placement& placement) {
  return std::visit(
      [&]<class Config>(const Config& c) -> Model {
        return std::make_unique<typename ModelOf<Config>::type>(c, source, purpose, placement);
      },
      config);
}

}  // namespace heed
