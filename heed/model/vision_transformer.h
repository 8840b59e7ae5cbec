#pragma once
#include <optional>

#include "heed/model/classes_head.h"
#include "heed/model/encoder.h"
#include "heed/model/image_classifier.h"
#include "heed/model/vision_transformer_config.h"

namespace heed {

/// Images to classes: patches, a pre-norm encoder, the class token's vector or the patches' mean, a linear
/// layer (Dosovitskiy et al., 2021, section 3.1).
class VisionTransformer : public ImageClassifier {
 public:
  VisionTransformer(const VisionTransformerConfig& config, ParameterSource& source,
                    ParameterStore::Purpose purpose, const Placement& placement = {});

  ImageInput input() const override { return input_; }
  Variable logits(Pass& pass, const NumberBatch& patches) const override;

 private:
  ImageInput input_;
  ImagePooling pooling_;
  std::optional<PatchEmbedding> embedding_;
  std::optional<Encoder> encoder_;
  std::optional<ClassesHead> head_;
};

}  // namespace heed
