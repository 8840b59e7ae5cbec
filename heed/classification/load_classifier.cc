#include "heed/classification/load_classifier.h"

#include "heed/bag_of_words/bag_classifier.h"
#include "heed/classification/sequence_classifier.h"
#include "heed/text_classifier/classifier_folder.h"

namespace heed {

std::unique_ptr<TextClassifier> load_classifier(const std::filesystem::path& folder, Backend& backend) {
  const ClassifierFolder opened(folder);
  if (opened.kind() == ClassifierKind::bag_of_words)
    return std::make_unique<BagClassifier>(BagClassifier::load(opened));
  return std::make_unique<SequenceClassifier>(SequenceClassifier::load(opened, backend));
}

}  // namespace heed
