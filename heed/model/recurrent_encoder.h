#pragma once
#include <vector>

#include "heed/model/recurrent_config.h"
#include "heed/nn/recurrent_layer.h"

namespace heed {

/// What a recurrent encoder makes of sources: the top layer's states [rows, hidden], and of each sentence the
/// last one of each direction, side by side, [sentences, hidden].
struct EncodedSources {
  Variable states, last;
};

/// Rows of sources to states that know what stands before and after them.
class RecurrentEncoder {
 public:
  RecurrentEncoder(const ParameterScope& scope, const RecurrentConfig& config);

  /// x [rows, width] holds the rows of the sources and no others.
  EncodedSources operator()(Variable x, const Segments& sources) const;

 private:
  std::vector<BidirectionalLayer> layers_;
  float dropout_;
};

}  // namespace heed
