#include "heed/service/network_classifier.h"

#include <algorithm>

#include "heed/checkpoint/model_folder.h"
#include "heed/classes/class_probabilities.h"
#include "heed/classes/classes_file.h"
#include "heed/text/tokenizers.h"
#include "heed/text_classifier/network/class_logits.h"
#include "heed/text_classifier/network/text_classes.h"

namespace heed {

struct NetworkClassifier::Parts {
  TextClasses classes;
  std::unique_ptr<Classifier> model;
  TextEncoder encoder;
};

NetworkClassifier::Parts NetworkClassifier::read(const std::filesystem::path& folder, Backend& backend) {
  const std::string task = load_task(folder);
  require<CheckpointError>(task == text_classification, folder.string(), ": holds a model for ", task,
                           ", but this takes one for ", text_classification);
  auto model =
      load_model_as<Classifier>(folder, ParameterStore::Purpose::inference, Placement::prepacked(backend));
  TextClasses classes = load_text_classes(folder);
  require_labels_of_model(folder, classes.labels, model->sizes().outputs);
  const Tokenizers tokenizers = load_tokenizers(folder);
  require<CheckpointError>(tokenizers.source->vocabulary_size() == model->sizes().inputs, folder.string(),
                           ": its tokenizer has ", tokenizers.source->vocabulary_size(),
                           " entries, but its model ", model->sizes().inputs,
                           "; copy the whole folder again");
  require<CheckpointError>(model->pooling() != Pooling::none, folder.string(),
                           ": its model gives classes of tokens, not of texts");
  TextEncoder encoder(tokenizers.source, classes.preparation, model->sizes());
  return {std::move(classes), std::move(model), std::move(encoder)};
}

NetworkClassifier::NetworkClassifier(const std::filesystem::path& folder, Backend& backend)
    : NetworkClassifier(read(folder, backend), backend) {}

NetworkClassifier::NetworkClassifier(Parts parts, Backend& backend)
    : TextClassifier(std::move(parts.classes.labels)),
      model_(std::move(parts.model)),
      encoder_(std::move(parts.encoder)),
      backend_(&backend) {}

std::vector<float> NetworkClassifier::operator()(std::span<const std::string_view> texts) const {
  const std::vector<Index> unknown_classes(texts.size(), 0);
  return class_probabilities(batch_logits(*model_), *backend_,
                             classified_examples(encoder_, texts, unknown_classes));
}

Index NetworkClassifier::count_longer(std::span<const std::string_view> texts) const {
  return std::ranges::count_if(
      texts, [&](std::string_view text) { return encoder_.length(text) > encoder_.maximum_length(); });
}

}  // namespace heed
