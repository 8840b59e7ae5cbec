#pragma once
#include <string>
#include <utility>
#include <vector>

#include "heed/images/image.h"
#include "heed/service/image_labeler.h"

namespace heed {

/// What a model of images did with one image, for people to look at.
struct ImageAttentionReport {
  /// weights[query * rows + key] of the rows of an image, each query's adding up to 1.
  using Map = std::vector<float>;

  std::string name;                                        // of the image
  std::vector<std::pair<std::string, std::string>> facts;  // about the model: name, value
  Image image;                                             // as the model saw it
  Index grid = 0;                                          // patches along a side
  bool class_token = false;                                // the first row is that of the class
  std::vector<std::pair<std::string, float>> labels;       // with their probabilities, the likeliest first
  std::vector<std::vector<Map>> layers;                    // [layer][head]
  Map rollout;                                             // of all layers

  Index rows() const { return grid * grid + (class_token ? 1 : 0); }
};

/// Has a model see an image and looks at every head of every layer. Rollout follows attention through the
/// layers: the product of what each does, which is the mean of its heads and, as much, the row itself
/// (Abnar & Zuidema, "Quantifying Attention Flow in Transformers", 2020, section 3).
ImageAttentionReport image_attention_report(const ImageLabeler& labeler, const Image& image,
                                            std::string name);

/// The rollout of layers of maps of so many rows.
ImageAttentionReport::Map attention_rollout(const std::vector<std::vector<ImageAttentionReport::Map>>& layers,
                                            Index rows);

}  // namespace heed
