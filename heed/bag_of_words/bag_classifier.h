#pragma once
#include "heed/bag_of_words/bag_of_words.h"
#include "heed/bag_of_words/linear_classifier.h"
#include "heed/text_classifier/text_classifier.h"

namespace heed {

class ClassifierFolder;

/// Predicts the class of a text from the n-grams in it, whatever their order.
class BagClassifier : public TextClassifier {
 public:
  /// `regularization` is the strength that the classifier was learned with, for the folder's config.
  BagClassifier(std::vector<std::string> labels, BagOfWords bag, LinearClassifier classifier,
                double regularization);

  std::vector<float> operator()(std::span<const std::string_view> texts) const override;

  struct InformativeFeature {
    std::string_view ngram;  // of this classifier, which has to outlive it
    float weight;            // nats by which it raises the logit above the mean of all classes' logits
  };
  /// The n-grams that speak most for a label, the largest weight first. `count` at most.
  std::vector<InformativeFeature> most_informative_features(Index label, Index count) const;

  /// Each file is written whole or not at all. FileError if the folder holds a model of another kind.
  void save(const std::filesystem::path& folder) const;
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
