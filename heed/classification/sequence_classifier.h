#pragma once
#include "heed/classification/sequence_network.h"
#include "heed/classification/word_reader.h"
#include "heed/text_classifier/text_classifier.h"

namespace heed {

class ClassifierFolder;

/// Says which class a text is of, from its words in their order.
class SequenceClassifier : public TextClassifier {
 public:
  SequenceClassifier(std::vector<std::string> labels, WordReader reader, SequenceNetwork network,
                     Backend& backend);

  std::vector<float> operator()(std::span<const std::string_view> texts) const override;
  std::optional<Index> longest_text() const override { return reader_.options().maximum_words; }
  const SequenceNetwork& network() const { return network_; }

  void save(const std::filesystem::path& folder) const override;
  /// CheckpointError if the folder holds another classifier, or tensors that do not fit its config.
  static SequenceClassifier load(const ClassifierFolder& folder, Backend& backend);

 private:
  WordReader reader_;
  SequenceNetwork network_;
  Backend* backend_;
};

}  // namespace heed
