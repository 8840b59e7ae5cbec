#pragma once
#include "heed/base/fields.h"
#include "heed/base/random.h"
#include "heed/images/image.h"

namespace heed {

/// How images are varied while a model learns from them, so that it sees none of them twice as it is.
struct AugmentationOptions {
  double shift = 0, rotation = 0, crop = 1, color = 0, erase = 0;
  bool flip = false;

  static constexpr std::string_view title = "Augmentation";
  static constexpr auto fields() {
    using A = AugmentationOptions;
    return std::tuple(
        field("augment_shift", &A::shift,
              "shift training images in each direction by up to this share of their side; the edge goes on",
              {0, 0.5}),
        field("augment_flip", &A::flip, "mirror half of the training images, left and right"),
        field("augment_rotation", &A::rotation, "turn training images by up to this many degrees", {0, 180}),
        field("augment_crop", &A::crop,
              "enlarge parts of training images, down to this share of their area, of side ratios from 3:4 "
              "to "
              "4:3 (1: always the whole)",
              {0.05, 1}),
        field("augment_color", &A::color,
              "change brightness, contrast and saturation of training images by up to this factor", {0, 1}),
        field("augment_erase", &A::erase,
              "share of the training images in which a rectangle of a 50th to a third of the area is gray "
              "(Zhong et al., 2020)",
              {0, 1}));
  }

  /// Whether anything is varied.
  bool any() const { return shift > 0 || rotation > 0 || crop < 1 || color > 0 || erase > 0 || flip; }
};

/// A variant of an image, of the same size, by these random numbers. Turned, cropped, mirrored and shifted in
/// one step, interpolating between pixels once; where only mirrored and shifted, not at all.
Image augmented(const Image& image, const AugmentationOptions& options, Random random);

}  // namespace heed
