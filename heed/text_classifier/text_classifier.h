#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/corpus/labeled/labeled_text.h"
#include "heed/metrics/confusion_matrix.h"

namespace heed {

/// Predicts the class of a text: what classifiers of any kind have in common once they have learned.
class TextClassifier {
 public:
  explicit TextClassifier(std::vector<std::string> labels) : labels_(std::move(labels)) {}
  virtual ~TextClassifier() = default;

  const std::vector<std::string>& labels() const { return labels_; }

  /// The probability of each label for each text, [texts, labels].
  virtual std::vector<float> operator()(std::span<const std::string_view> texts) const = 0;

  /// Maximum number of tokens that it reads of a text, from its beginning; none: all.
  virtual std::optional<Index> longest_text() const { return std::nullopt; }
  /// Of some texts, those that are longer.
  virtual Index count_longer(std::span<const std::string_view> /*texts*/) const { return 0; }

 protected:
  TextClassifier(const TextClassifier&) = default;
  TextClassifier(TextClassifier&&) = default;
  TextClassifier& operator=(const TextClassifier&) = default;
  TextClassifier& operator=(TextClassifier&&) = default;

 private:
  std::vector<std::string> labels_;
};

/// The predictions of a classifier against the labels of texts. DataError for a label that it does not know.
ConfusionMatrix evaluate(const TextClassifier& classifier, std::span<const LabeledText> texts);

}  // namespace heed
