#include "heed/classification/sequence_classifier.h"

#include "heed/base/settings_json.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/text_classifier/classifier_folder.h"

namespace heed {
namespace {

struct Choices {
  SequenceConfig network;
  bool lowercase = false;
};

Choices parse_choices(const nlohmann::ordered_json& json, const std::string& where) {
  Choices choices{from_json<SequenceConfig>(json.at("network"), where), json.at("lowercase").get<bool>()};
  const auto name = json.at("encoder").get<std::string>();
  for (const auto& [other, encoder] : EnumNames<SequenceEncoder>::names)
    if (other == name) choices.network.encoder = encoder;
  require<CheckpointError>(name == enum_name(choices.network.encoder), where, ": encoder '", name,
                           "' is not known to this heed");
  validate(choices.network);
  return choices;
}

}  // namespace

SequenceClassifier::SequenceClassifier(std::vector<std::string> labels, WordReader reader,
                                       SequenceNetwork network, Backend& backend)
    : TextClassifier(std::move(labels)),
      reader_(std::move(reader)),
      network_(std::move(network)),
      backend_(&backend) {}

std::vector<float> SequenceClassifier::operator()(std::span<const std::string_view> texts) const {
  const std::vector<Index> unknown_classes(texts.size(), 0);
  return class_probabilities(network_, *backend_, reader_.examples(texts, unknown_classes));
}

void SequenceClassifier::save(const std::filesystem::path& folder) const {
  TensorMap tensors;
  for (const auto& [name, variable] : network_.store().parameters()) tensors.emplace(name, variable.value());
  save_classifier(folder,
                  {ClassifierKind::word_sequence, labels(),
                   nlohmann::ordered_json{{"encoder", enum_name(network_.config().encoder)},
                                          {"network", to_json(network_.config())},
                                          {"lowercase", reader_.options().lowercase}}},
                  reader_.words(), tensors);
}

SequenceClassifier SequenceClassifier::load(const ClassifierFolder& folder, Backend& backend) {
  folder.require_kind(ClassifierKind::word_sequence);
  const auto [config, lowercase] = folder.choices(parse_choices);
  CheckpointParameters parameters(folder.tensors(), folder.tensors_name());
  SequenceNetwork network(config, {folder.vocabulary().size(), std::ssize(folder.labels())}, parameters,
                          ParameterStore::Purpose::inference);
  parameters.require_all_used(network.store());
  return {folder.labels(), WordReader(folder.vocabulary(), {lowercase, config.maximum_words}),
          std::move(network), backend};
}

}  // namespace heed
