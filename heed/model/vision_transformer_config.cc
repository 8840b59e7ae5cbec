#include "heed/model/vision_transformer_config.h"

#include "heed/model/image_classifier.h"
#include "heed/model/require_sizes.h"
#include "heed/model/vision_transformer.h"

namespace heed {
namespace {

struct VisionPreset {
  std::string_view name;
  VisionTransformerConfig config;
};

/// Of images of 224 pixels in patches of 16.
VisionTransformerConfig of_photos(Index width, Index heads, Index layers) {
  return {.image_size = 224,
          .patch_size = 16,
          .width = width,
          .hidden = 4 * width,
          .heads = heads,
          .layers = layers};
}

const std::vector<VisionPreset>& vision_presets() {
  static const std::vector<VisionPreset> all{{"mini", {.stem = PatchStem::convolutions}},
                                             {"tiny", of_photos(192, 3, 12)},
                                             {"small", of_photos(384, 6, 12)},
                                             {"base", of_photos(768, 12, 12)},
                                             {"large", of_photos(1024, 16, 24)}};
  return all;
}

}  // namespace

ModelSizes VisionTransformerConfig::sizes() const {
  return {.inputs = channels,
          .outputs = classes,
          .width = width,
          .longest_sequence = input().patches() + 1,
          .images = input()};
}

void VisionTransformerConfig::fit(const Vocabularies& v) {
  classes = v.outputs;
  if (v.images.channels > 0) channels = v.images.channels;
  if (v.images.size > 0) image_size = v.images.size;
}

std::string VisionTransformerConfig::summary() const {
  return message(layers, layers == 1 ? " layer" : " layers", ", width ", width, ", hidden ", hidden, ", ",
                 heads, " heads, images of ", image_size, " by ", image_size, " pixels in ",
                 input().patches(), " patches, ", classes, " classes");
}

ModelFacts VisionTransformerConfig::facts() const {
  return {{"layers", std::to_string(layers)},
          {"heads", std::to_string(heads)},
          {"width", std::to_string(width)},
          {"hidden", std::to_string(hidden)},
          {"images", message(image_size, "x", image_size, channels == 1 ? ", gray" : ", color")},
          {"patches", message(input().grid(), "x", input().grid(), " of ", patch_size, "x", patch_size)},
          {"stem", std::string(enum_name(stem))},
          {"positions", std::string(enum_name(positions))},
          {"pooling", std::string(enum_name(pooling))},
          {"classes", std::to_string(classes)},
          {"feed-forward", std::string(enum_name(feed_forward))}};
}

TransformerLayerConfig VisionTransformerConfig::layer() const {
  return {.width = width,
          .hidden = hidden,
          .heads = heads,
          .dropout = static_cast<float>(dropout),
          .feed_forward = feed_forward,
          .norm = NormOrder::pre,
          .normalization = {.epsilon = static_cast<float>(norm_epsilon)}};
}

ConvolutionalStem::Options VisionTransformerConfig::convolutions() const {
  return {.patch = patch_size, .channels = channels, .grid = input().grid(), .width = width};
}

PatchEmbedding::Options VisionTransformerConfig::embedding() const {
  return {.patch = patch_size,
          .channels = channels,
          .grid = input().grid(),
          .stem = stem,
          .width = width,
          .positions = positions,
          .class_token = pooling == ImagePooling::class_token,
          .dropout = static_cast<float>(dropout)};
}

const Architecture& vision_transformer_architecture() {
  static const Architecture entry = [] {
    std::vector<std::string_view> names;
    for (const VisionPreset& preset : vision_presets()) names.push_back(preset.name);
    return architecture_entry<VisionTransformerConfig, VisionTransformer>(
        ImageClassifier::family, "vit", "Vision Transformer", names,
        [](const Architecture&, std::string_view preset) {
          return std::any(vision_transformer_preset(preset.empty() ? "mini" : preset));
        });
  }();
  return entry;
}

VisionTransformerConfig vision_transformer_preset(std::string_view name) {
  std::string known;
  for (const VisionPreset& preset : vision_presets()) {
    if (preset.name == name) return preset.config;
    known += message(known.empty() ? "" : ", ", preset.name);
  }
  throw ConfigError(message("preset '", name, "' is not known; there are ", known));
}

void validate(const VisionTransformerConfig& config) {
  require_at_least("image_size", config.image_size, 1);
  require_at_least("patch_size", config.patch_size, 1);
  require_at_least("classes", config.classes, 2);
  require_at_least("width", config.width, 1);
  require_at_least("hidden", config.hidden, 1);
  require_at_least("heads", config.heads, 1);
  require_at_least("layers", config.layers, 1);
  require_rate("dropout", config.dropout);
  require_heads_fit(config.width, config.heads);
  require<ConfigError>(config.channels == 1 || config.channels == 3, "channels is ", config.channels,
                       ", but must be 1 (gray) or 3 (red, green, blue)");
  require<ConfigError>(config.image_size % config.patch_size == 0, "image_size ", config.image_size,
                       " does not divide into patches of patch_size ", config.patch_size,
                       "; take an image_size that does, such as ",
                       (config.image_size / config.patch_size + 1) * config.patch_size);
  if (config.stem == PatchStem::convolutions) ConvolutionalStem::check(config.convolutions());
  require<ConfigError>(config.positions != PatchPositions::sinusoidal || config.width % 4 == 0, "width ",
                       config.width,
                       " does not divide into four for sinusoidal positions; take a multiple of 4");
}

}  // namespace heed
