#include "heed/text_classifier/text_classifier.h"

#include "heed/corpus/labeled/labels.h"
#include "heed/metrics/accuracy_and_loss.h"

namespace heed {

ConfusionMatrix evaluate(const TextClassifier& classifier, std::span<const LabeledText> texts) {
  const std::vector<Index> targets = classes_of(texts, classifier.labels());
  const std::vector<Index> predictions =
      most_probable_classes(classifier(texts_of(texts)), std::ssize(classifier.labels()));
  ConfusionMatrix confusion(classifier.labels());
  for (std::size_t i = 0; i < targets.size(); ++i) confusion.add(targets[i], predictions[i]);
  return confusion;
}

}  // namespace heed
