#include <algorithm>

#include "heed/bag_of_words/bag_classifier.h"
#include "heed/base/settings_json.h"
#include "heed/text_classifier/classifier_folder.h"

namespace heed {
namespace {

Tensor tensor_of(std::span<const float> numbers, const Shape& shape) {
  const Tensor tensor(shape);
  std::copy(numbers.begin(), numbers.end(), tensor.data());
  return tensor;
}

/// The numbers of a tensor of this shape.
std::vector<float> numbers_of(const ClassifierFolder& folder, const std::string& name, const Shape& shape) {
  const Tensor tensor = folder.tensors().tensor(name);
  require<CheckpointError>(tensor.type() == DataType::float32 && tensor.shape() == shape,
                           folder.tensors_name(), ": ", name, " is of ", name_of(tensor.type()),
                           " and shape ", tensor.shape(), ", but labels and vocabulary ask for float32 and ",
                           shape);
  return {tensor.data(), tensor.data() + tensor.count()};
}

struct Choices {
  BagContent content = BagContent::unigrams;
  BagOptions bag;
  double regularization = 0;
};

Choices parse_choices(const nlohmann::ordered_json& json, const std::string& where) {
  // Folders written before the key had its American spelling.
  const char* const regularization = json.contains("regularisation") ? "regularisation" : "regularization";
  Choices choices{.bag = from_json<BagOptions>(json.at("bag"), where),
                  .regularization = json.at(regularization).get<double>()};
  const auto content = json.at("content").get<std::string>();
  if (content == enum_name(BagContent::bigrams)) choices.content = BagContent::bigrams;
  require<CheckpointError>(content == enum_name(choices.content), where, ": content '", content,
                           "' is not known to this heed");
  return choices;
}

}  // namespace

void BagClassifier::save(const std::filesystem::path& folder) const {
  const Index columns = bag_.ngrams().size(), classes = classifier_.classes;
  save_classifier(folder,
                  {ClassifierKind::bag_of_words, labels(),
                   nlohmann::ordered_json{{"content", enum_name(bag_.content())},
                                          {"bag", to_json(bag_.options())},
                                          {"regularization", regularization_}}},
                  bag_.ngrams(),
                  {{"bias", tensor_of(classifier_.bias, {classes})},
                   {"inverse_document_frequency", tensor_of(bag_.weights(), {columns})},
                   {"weight", tensor_of(classifier_.weight, {columns, classes})}});
}

BagClassifier BagClassifier::load(const std::filesystem::path& folder) {
  return load(ClassifierFolder(folder));
}

BagClassifier BagClassifier::load(const ClassifierFolder& folder) {
  folder.require_kind(ClassifierKind::bag_of_words);
  const Choices choices = folder.choices(parse_choices);
  const Index columns = folder.vocabulary().size(), classes = std::ssize(folder.labels());
  LinearClassifier classifier(columns, classes);
  classifier.weight = numbers_of(folder, "weight", {columns, classes});
  classifier.bias = numbers_of(folder, "bias", {classes});
  std::vector<float> weights = numbers_of(folder, "inverse_document_frequency", {columns});
  return {folder.labels(), BagOfWords(choices.content, choices.bag, folder.vocabulary(), std::move(weights)),
          std::move(classifier), choices.regularization};
}

}  // namespace heed
