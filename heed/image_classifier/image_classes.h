#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/images/resize.h"

namespace heed {

/// What models are for that predict a class of an image, in the word of Hugging Face's hub.
inline constexpr std::string_view image_classification = "image-classification";

/// How images become what a model sees, beside its config.
struct ImagePreparation {
  ImageFit fit = ImageFit::stretch;

  static constexpr std::string_view title = "Images";
  static constexpr auto fields() {
    return std::tuple(
        field("image_fit", &ImagePreparation::fit,
              "how images that are no squares become such: out of proportion, the middle alone, or "
              "all of it with gray around it"));
  }
};

/// What a classifier's folder tells beside its config, in classes.json.
struct ImageClasses {
  std::vector<std::string> labels;  // by class, in the order of their bytes
  ImagePreparation preparation;

  /// Written whole or not at all, with a checksum.
  void save(const std::filesystem::path& folder) const;
};

/// CheckpointError or FileError as of load_classes.
ImageClasses load_image_classes(const std::filesystem::path& folder);

}  // namespace heed
