#pragma once
#include "heed/classification/bag_of_words.h"
#include "heed/classification/linear_classifier.h"
#include "heed/classification/text_classifier.h"

namespace heed {

class ClassifierFolder;

/// Says which class a text is of, from the n-grams in it.
class BagClassifier : public TextClassifier {
 public:
  /// `regularization` is what it was learned with.
  BagClassifier(std::vector<std::string> labels, BagOfWords bag, LinearClassifier classifier,
                double regularization);

  std::vector<float> operator()(std::span<const std::string_view> texts) const override;

  struct Telling {
    std::string_view ngram;
    float weight;  // in nats, beyond what it says for all classes alike, where it is all of a text
  };
  /// The n-grams that say most for a label, the strongest first.
  std::vector<Telling> telling(Index label, Index count) const;

  void save(const std::filesystem::path& folder) const override;
  /// CheckpointError or FileError, saying which file and why, if the folder holds none, or files that do not
  /// belong together.
  static BagClassifier load(const std::filesystem::path& folder);
  static BagClassifier load(const ClassifierFolder& folder);

 private:
  BagOfWords bag_;
  LinearClassifier classifier_;
  double regularization_;
};

}  // namespace heed
