#pragma once
#include <vector>

#include "heed/model/recurrent_classifier_config.h"
#include "heed/nn/recurrent_layer.h"

namespace heed {

/// Layers of recurrent cells over the rows of each sequence, forwards or in both directions.
class RecurrentReader {
 public:
  RecurrentReader(const ParameterScope& scope, const RecurrentClassifierConfig& config);

  /// x [rows, width] holds the rows of the sequences and no others. The top layer's states, [rows, hidden].
  Variable operator()(Variable x, const Segments& sequences) const;
  /// Of such states the last of each direction, side by side, [sequences, hidden].
  Variable last(const Variable& states, const Segments& sequences) const;

 private:
  std::vector<RecurrentLayer> forwards_;
  std::vector<BidirectionalLayer> both_;  // one of the two has layers
  float dropout_;
};

}  // namespace heed
