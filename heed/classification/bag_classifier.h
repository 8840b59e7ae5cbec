#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/classification/bag_of_words.h"
#include "heed/classification/linear_classifier.h"

namespace heed {

/// Says which class a text is of, from the n-grams in it.
struct BagClassifier {
  std::vector<std::string> labels;
  BagOfWords bag;
  LinearClassifier classifier;
  double regularisation;  // that it was learned with

  /// What each label has of the probability, text by text. [texts, labels]
  std::vector<float> operator()(std::span<const std::string_view> texts) const;

  struct Telling {
    std::string_view ngram;
    float weight;  // in nats, beyond what it says for all classes alike, where it is all of a text
  };
  /// The n-grams that say most for a label, the strongest first.
  std::vector<Telling> telling(Index label, Index count) const;

  /// Into a folder: config.json, vocabulary.txt, model.safetensors, each whole or not at all. FileError if
  /// the folder holds a model of another kind.
  void save(const std::filesystem::path& folder) const;
  /// CheckpointError or FileError, saying which file and why, if the folder holds none, or files that do not
  /// belong together.
  static BagClassifier load(const std::filesystem::path& folder);
};

/// The largest of each row of probabilities; of equals, the first.
std::vector<Index> likeliest(std::span<const float> probabilities, Index classes);

}  // namespace heed
