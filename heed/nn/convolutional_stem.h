#pragma once
#include <vector>

#include "heed/nn/linear.h"
#include "heed/nn/number_batch.h"

namespace heed {

/// Patches of square images to vectors by convolutions, kernels of 3 by 3 that step by two pixels, so that
/// neighboring patches share pixels at their edges: as many as halve a patch's side until it is 1, with GELU
/// between them (after Xiao et al., "Early Convolutions Help Transformers See Better", 2021). Outside of an
/// image its edge goes on.
class ConvolutionalStem {
 public:
  struct Options {
    Index patch = 0, channels = 0;  // of the images
    Index grid = 0;                 // patches along a side
    Index width = 0;                // of a patch's vector; each convolution before the last has half as many
  };
  /// ConfigError unless the patch's side is a power of 2 that the width allows to halve to.
  static void check(const Options& options);

  /// Parameters: 0.weight [outputs, 9 * inputs], 0.bias and so on, by kernel row, kernel column and input.
  ConvolutionalStem(const ParameterScope& scope, const Options& options);

  /// [images * grid * grid, width], of patches as ImageClassifier::logits takes them.
  Variable operator()(Pass& pass, const NumberBatch& patches) const;

 private:
  Options options_;
  std::vector<Linear> convolutions_;
};

}  // namespace heed
