#include "heed/service/open_classifier.h"

#include "heed/bag_of_words/bag_classifier.h"
#include "heed/service/network_classifier.h"
#include "heed/text_classifier/classifier_folder.h"

namespace heed {

std::unique_ptr<TextClassifier> open_classifier(const std::filesystem::path& folder, Backend& backend) {
  if (holds_bag_of_words(folder)) return std::make_unique<BagClassifier>(BagClassifier::load(folder));
  return std::make_unique<NetworkClassifier>(folder, backend);
}

}  // namespace heed
