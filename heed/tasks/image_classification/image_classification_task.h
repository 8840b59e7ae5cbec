#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "heed/image_classifier/image_classes.h"
#include "heed/image_classifier/image_examples.h"
#include "heed/images/labeled/labeled_image.h"
#include "heed/model/image_classifier.h"
#include "heed/training/task.h"

namespace heed {

/// Which labeled images a classifier learns from, and how.
struct LabeledImageOptions {
  std::vector<std::filesystem::path> train_images, valid_images;
  double validation_share = 0.1;
  std::string image_memory = "2G";

  static constexpr std::string_view title = "Images";
  static constexpr auto fields() {
    using O = LabeledImageOptions;
    return std::tuple(
        field(
            "train_images", &O::train_images,
            "training images with labels: folders with a folder for each class, IDX files with their labels "
            "beside them, and tables (TSV, CSV) of names of files and labels"),
        field("valid_images", &O::valid_images,
              "validation images with labels, likewise; if not given, some are held out"),
        field("validation_share", &O::validation_share,
              "share of each class of the training images that is held out to validate on, if no validation "
              "images are given",
              {0.001, 0.5}),
        field(
            "image_memory", &O::image_memory,
            "images, in the size that the model sees, that are kept in memory at most, such as 2G; of more, "
            "each is read again in every epoch"));
  }
};

/// What a run that learns to classify images can be told besides what every run can.
struct ImageClassificationOptions {
  LabeledImageOptions images;
  ImagePreparation preparation;
  AugmentationOptions augmentation{.shift = 0.08};
};

/// Labeled images to a network that predicts labels.
class ImageClassificationTask : public Task {
 public:
  explicit ImageClassificationTask(ImageClassificationOptions options = {}) : options_(std::move(options)) {}

  std::string_view name() const override { return image_classification; }
  std::string_view family() const override { return ImageClassifier::family; }
  Settings settings() override;
  void set_defaults(TrainingConfig& training, ModelOptions& model) const override;
  void check_data() override;
  Vocabularies expected_vocabularies() const override;
  Vocabularies vocabularies(const TaskRun& run) override;
  TaskData read(const TaskRun& run, const ModelSizes& sizes) override;
  std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig& training) const override;
  std::string_view usage() const override { return "image.png"; }
  std::string card_text() const override;

 private:
  ImageClassificationOptions options_;
  std::vector<LabeledImage> training_, validation_;  // until they are read
  ImageClasses classes_;
  std::shared_ptr<const ImageExamples> training_examples_, validation_examples_;
};

}  // namespace heed
