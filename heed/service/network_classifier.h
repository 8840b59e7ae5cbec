#pragma once
#include <memory>

#include "heed/model/classifier.h"
#include "heed/text_classifier/network/text_encoder.h"
#include "heed/text_classifier/text_classifier.h"

namespace heed {

/// Says which class a text is of by a network that reads its tokens in their order.
class NetworkClassifier : public TextClassifier {
 public:
  /// The model in a folder of the task text-classification. `backend` must outlive it. CheckpointError or
  /// FileError, saying which file and why, if the folder holds none, or files that do not belong together.
  NetworkClassifier(const std::filesystem::path& folder, Backend& backend);

  std::vector<float> operator()(std::span<const std::string_view> texts) const override;
  std::optional<Index> longest_text() const override { return encoder_.maximum_length(); }
  Index count_longer(std::span<const std::string_view> texts) const override;
  const Classifier& model() const { return *model_; }

 private:
  struct Parts;
  NetworkClassifier(Parts parts, Backend& backend);
  static Parts read(const std::filesystem::path& folder, Backend& backend);

  std::unique_ptr<Classifier> model_;
  TextEncoder encoder_;
  Backend* backend_;
};

}  // namespace heed
