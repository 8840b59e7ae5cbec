#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "heed/backend/backend.h"
#include "heed/image_classifier/image_classes.h"
#include "heed/images/labeled/labeled_image.h"
#include "heed/metrics/confusion_matrix.h"
#include "heed/model/image_classifier.h"

namespace heed {

/// Says which class an image is of.
class ImageLabeler {
 public:
  /// The model in a folder of the task image-classification. `backend` must outlive it. CheckpointError or
  /// FileError, saying which file and why, if the folder holds none, or files that do not belong together.
  ImageLabeler(const std::filesystem::path& folder, Backend& backend);

  const std::vector<std::string>& labels() const { return classes_.labels; }
  const ImageClassifier& model() const { return *model_; }
  Backend& backend() const { return *backend_; }

  /// An image of any shape as the model sees it.
  Image seen(const Image& image) const;
  /// The probability of each label for each image that `seen` gave, [images, labels].
  std::vector<float> operator()(std::span<const Image> seen_images) const;

 private:
  ImageClasses classes_;
  std::unique_ptr<ImageClassifier> model_;
  Backend* backend_;
};

/// The predictions of a model against the labels of images. DataError for a label that it does not know, and
/// for images that cannot be read.
ConfusionMatrix evaluate(const ImageLabeler& labeler, std::span<const LabeledImage> images);

}  // namespace heed
