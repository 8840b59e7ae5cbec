#pragma once
#include <filesystem>
#include <string>

#include "heed/base/fields.h"

namespace heed {

/// The head of a translator's attention to the source that says best which word was made from which:
/// alignment.json of a model's folder. Chosen when training ends (alignment_head_choice.h).
struct AlignmentHead {
  std::string layer = {};  // "decoder.layers.2.cross_attention"; empty: all layers and heads, averaged
  Index head = 0;
  /// Whether a token is aligned by what the decoder looks at once it has been written, when it is the input,
  /// instead of when it is predicted (Chen et al., 2020, "Accurate Word Alignment Induction from Neural
  /// Machine Translation", section 3).
  bool shifted = false;
  double agreement = 0;  // with IBM Model 1 on the validation set, from 0 to 1

  bool known() const { return !layer.empty(); }

  static constexpr auto fields() {
    using A = AlignmentHead;
    return std::tuple(
        field("layer", &A::layer, "scope of the attention; empty: all heads of all layers, averaged"),
        field("head", &A::head, "its head, from 0", {0}),
        field("shifted", &A::shifted,
              "whether a token is aligned when it is the decoder's input, not when it is predicted"),
        field("agreement", &A::agreement,
              "mean probability of its links by IBM Model 1, learned on the validation set", {0, 1}));
  }
};

void save_alignment_head(const std::filesystem::path& folder, AlignmentHead head);
/// Unknown if the folder says nothing. CheckpointError if the file is damaged.
AlignmentHead load_alignment_head(const std::filesystem::path& folder);

}  // namespace heed
