#pragma once
#include <vector>

#include "heed/classification/sequence_config.h"
#include "heed/nn/embedding.h"
#include "heed/nn/recurrent_layer.h"

namespace heed {

/// Layers of recurrent cells over each text, forwards or in both directions.
class RecurrentReader {
 public:
  RecurrentReader(const ParameterScope& scope, const SequenceConfig& config, Embedding embedding);

  /// The top layer's states, [rows, hidden].
  Variable operator()(Pass& pass, std::span<const Index> tokens, const Segments& texts) const;
  /// Of such states the last of each direction, side by side, [texts, hidden].
  Variable last(const Variable& states, const Segments& texts) const;

 private:
  Embedding embedding_;
  std::vector<RecurrentLayer> forwards_;
  std::vector<BidirectionalLayer> both_;  // one of the two has layers
  float dropout_;
};

}  // namespace heed
