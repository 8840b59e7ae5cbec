#pragma once
#include <optional>

#include "heed/base/fields.h"
#include "heed/nn/convolutional_stem.h"
#include "heed/nn/linear.h"
#include "heed/nn/number_batch.h"

namespace heed {

/// How a model is told where in an image a patch lies.
enum class PatchPositions { learned, sinusoidal, none };
template <>
struct EnumNames<PatchPositions> {
  static constexpr std::array names{std::pair{"learned", PatchPositions::learned},
                                    std::pair{"sinusoidal", PatchPositions::sinusoidal},
                                    std::pair{"none", PatchPositions::none}};
};

/// How a patch becomes a vector: by one linear layer, or by convolutions that see a little beyond its edges.
enum class PatchStem { linear, convolutions };
template <>
struct EnumNames<PatchStem> {
  static constexpr std::array names{std::pair{"linear", PatchStem::linear},
                                    std::pair{"convolutions", PatchStem::convolutions}};
};

/// Sines and cosines of a patch's column, then of its row, a quarter of the width each, at wavelengths from
/// 2 pi to 10000 * 2 pi (Beyer et al., "Better plain ViT baselines for ImageNet-1k", 2022). A host tensor
/// [grid * grid, width], row by row.
Tensor sinusoidal_patch_positions(Index grid, Index width);

/// Patches of square images to vectors: a linear layer, a learned vector for each place, and a learned vector
/// of the class in front of each image's patches, if there is one (Dosovitskiy et al., 2021, section 3.1).
class PatchEmbedding {
 public:
  struct Options {
    Index patch = 0, channels = 0;  // of the images
    Index grid = 0;                 // patches along a side
    PatchStem stem = PatchStem::linear;
    Index width = 0;
    PatchPositions positions = PatchPositions::learned;
    bool class_token = true;
    float dropout = 0;
  };
  /// Parameters: patches.weight [width, numbers] and patches.bias, or those of a ConvolutionalStem in `stem`;
  /// class_token [1, width], positions.weight [places, width], where the class token's place is the first.
  PatchEmbedding(const ParameterScope& scope, const Options& options);

  struct Embedded {
    Variable rows;      // [images * rows of one, width]
    Segments segments;  // of each image, the class token first
  };
  /// ShapeError for images of another number of patches.
  Embedded operator()(Pass& pass, const NumberBatch& patches) const;

 private:
  Options options_;
  std::optional<Linear> patches_;
  std::optional<ConvolutionalStem> stem_;
  Variable class_token_, positions_;
};

}  // namespace heed
