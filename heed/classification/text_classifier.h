#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/classification/confusion_matrix.h"
#include "heed/classification/labeled_text.h"

namespace heed {

/// Says which class a text is of: what there is to know of a classifier of any kind once it has learned.
class TextClassifier {
 public:
  explicit TextClassifier(std::vector<std::string> labels) : labels_(std::move(labels)) {}
  virtual ~TextClassifier() = default;

  const std::vector<std::string>& labels() const { return labels_; }

  /// What each label has of the probability, text by text. [texts, labels]
  virtual std::vector<float> operator()(std::span<const std::string_view> texts) const = 0;

  /// Words of a text that it reads, the first ones; none: all.
  virtual std::optional<Index> longest_text() const { return std::nullopt; }

  /// Into a folder, every file whole or not at all. FileError if the folder holds a model of another kind.
  virtual void save(const std::filesystem::path& folder) const = 0;

 protected:
  TextClassifier(const TextClassifier&) = default;
  TextClassifier(TextClassifier&&) = default;
  TextClassifier& operator=(const TextClassifier&) = default;
  TextClassifier& operator=(TextClassifier&&) = default;

 private:
  std::vector<std::string> labels_;
};

/// How a classifier does on texts. DataError if their labels are none of its own.
ConfusionMatrix evaluated(const TextClassifier& classifier, std::span<const LabeledText> texts);

/// The texts alone; they look at the labeled ones.
std::vector<std::string_view> texts_of(std::span<const LabeledText> labeled);

}  // namespace heed
