#pragma once
#include "heed/model/image_input.h"
#include "heed/model/model.h"
#include "heed/nn/number_batch.h"

namespace heed {

/// A model that tells classes of images apart.
class ImageClassifier : public Model {
 public:
  static constexpr std::string_view family = "image-classifier";

  virtual ImageInput input() const = 0;
  /// Of patches [images * input().patches(), input().numbers()], each image's row by row: [images, classes].
  virtual Variable logits(Pass& pass, const NumberBatch& patches) const = 0;

 protected:
  using Model::Model;
};

}  // namespace heed
