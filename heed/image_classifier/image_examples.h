#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "heed/data/dataset.h"
#include "heed/image_classifier/image_classes.h"
#include "heed/images/augmentation.h"
#include "heed/images/stored_image.h"
#include "heed/model/image_classifier.h"

namespace heed {

/// Images, as a model sees them: kept in memory where they fit, else read again whenever they are asked for.
class SeenImages {
 public:
  /// Reads all of them once, in parallel. FileError or DataError, with the first one's name, for those that
  /// cannot be read. `most_bytes` are kept in memory.
  SeenImages(std::vector<StoredImage> images, const ImageInput& input, ImageFit fit, std::size_t most_bytes);

  Index size() const { return std::ssize(images_); }
  const ImageInput& input() const { return input_; }
  Image operator[](Index number) const;
  std::string name(Index number) const { return images_[static_cast<std::size_t>(number)].name(); }

 private:
  std::size_t bytes_of_one() const {
    return static_cast<std::size_t>(input_.size * input_.size * input_.channels);
  }

  std::vector<StoredImage> images_;
  ImageInput input_;
  ImageFit fit_;
  std::vector<std::uint8_t> samples_;  // of all of them, or none
};

/// What varies from epoch to epoch.
struct ImageVariation {
  AugmentationOptions options;
  std::uint64_t seed = 1;
};

/// Images with their classes: column 0 holds patches, column 1 one row with the class. With a variation, each
/// epoch has other variants: they follow from the seed, the epoch and the example's number alone.
class ImageExamples : public Dataset {
 public:
  ImageExamples(std::shared_ptr<const SeenImages> images, std::vector<Index> classes,
                std::optional<ImageVariation> variation = std::nullopt);

  Index size() const override { return images_->size(); }
  Index columns() const override { return 2; }
  Index rows(Index /*example*/, Index column) const override {
    return column == 0 ? images_->input().patches() : 1;
  }
  void append(Index example, Index epoch, std::span<Column> columns) const override;

  /// An example as it is in an epoch.
  Image image(Index example, Index epoch) const;
  const SeenImages& images() const { return *images_; }
  const std::vector<Index>& classes() const { return classes_; }

 private:
  std::shared_ptr<const SeenImages> images_;
  std::vector<Index> classes_;
  std::optional<ImageVariation> variation_;
};

}  // namespace heed
