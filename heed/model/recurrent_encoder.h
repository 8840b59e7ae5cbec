#pragma once
#include <vector>

#include "heed/model/recurrent_config.h"
#include "heed/nn/embedding.h"
#include "heed/nn/recurrent_layer.h"

namespace heed {

/// What a recurrent encoder makes of sources: the top layer's states [rows, hidden], and of each sentence the
/// last one of each direction, side by side, [sentences, hidden].
struct EncodedSources {
  Variable states, last;
};

/// Source tokens to states that know what stands before and after them.
class RecurrentEncoder {
 public:
  RecurrentEncoder(const ParameterScope& scope, const RecurrentConfig& config, Embedding embedding);

  EncodedSources operator()(Pass& pass, std::span<const Index> tokens, const Segments& sources) const;

 private:
  Embedding embedding_;
  std::vector<BidirectionalLayer> layers_;
  float dropout_;
};

}  // namespace heed
