#pragma once
#include "heed/model/architecture.h"
#include "heed/model/transformer_layer.h"
#include "heed/nn/patch_embedding.h"

namespace heed {

/// What a Vision Transformer reads its classes from: the vector of the class token, or the mean of the
/// patches' vectors.
enum class ImagePooling { class_token, mean };
template <>
struct EnumNames<ImagePooling> {
  static constexpr std::array names{std::pair{"class_token", ImagePooling::class_token},
                                    std::pair{"mean", ImagePooling::mean}};
};

/// The sizes and choices of a Vision Transformer (Dosovitskiy et al., "An Image is Worth 16x16 Words", 2021).
struct VisionTransformerConfig {
  Index image_size = 32, patch_size = 4, channels = 3, classes = 0;
  Index width = 128, hidden = 256, heads = 4, layers = 6;
  double dropout = 0.1;
  FeedForwardKind feed_forward = FeedForwardKind::gelu;
  double norm_epsilon = 1e-6;
  PatchStem stem = PatchStem::linear;
  PatchPositions positions = PatchPositions::learned;
  ImagePooling pooling = ImagePooling::class_token;

  ImageInput input() const { return {image_size, patch_size, channels}; }
  ModelSizes sizes() const;
  /// Channels, and the images' size unless it is asked for, become those of the data.
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;
  TransformerLayerConfig layer() const;
  ConvolutionalStem::Options convolutions() const;
  PatchEmbedding::Options embedding() const;

  static constexpr auto fields() {
    using C = VisionTransformerConfig;
    return std::tuple(
        field("image_size", &C::image_size,
              "pixels along a side of the images that the model sees: others are made larger or smaller; if "
              "not "
              "given, that of the training images where all are squares of one size up to 64, else the "
              "preset's",
              {1, 4096}),
        field("patch_size", &C::patch_size, "pixels along a side of a patch", {1, 4096}),
        field("channels", &C::channels, "1: gray; 3: red, green and blue", {1, 3}),
        field("classes", &C::classes, "number of classes", {0}),
        field("width", &C::width, "size of the vector of a patch", {1, 65536}),
        field("hidden", &C::hidden, "size of the feed-forward network's hidden layer", {1, 1 << 20}),
        field("heads", &C::heads, "heads of each attention", {1, 8192}),
        field("layers", &C::layers, "number of layers", {1, 1000}),
        field("dropout", &C::dropout, "dropout rate of every sublayer's result and of the embeddings",
              {0, 0.95}),
        field("feed_forward", &C::feed_forward, "activation of the feed-forward network"),
        field("norm_epsilon", &C::norm_epsilon, "what is added to the variance that is divided by",
              {1e-12, 0.1}),
        field(
            "stem", &C::stem,
            "how a patch becomes a vector: by one linear layer, or by convolutions that step by two pixels"),
        field("positions", &C::positions,
              "how the places of patches are told: a learned table, or sines of row and "
              "column"),
        field("pooling", &C::pooling,
              "what the classes are read from: a token of their own, or the mean of the "
              "patches"));
  }
};

/// The sizes of a preset: mini, or those of Dosovitskiy et al. and of Touvron et al. (2021): tiny, small,
/// base and large, of images of 224 pixels. ConfigError for other names.
VisionTransformerConfig vision_transformer_preset(std::string_view name);

/// "vit", an image classifier.
const Architecture& vision_transformer_architecture();
inline const Architecture& architecture_of(const VisionTransformerConfig&) {
  return vision_transformer_architecture();
}

/// ConfigError if the numbers do not fit each other.
void validate(const VisionTransformerConfig& config);

}  // namespace heed
