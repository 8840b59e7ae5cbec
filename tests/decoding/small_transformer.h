#pragma once
#include <vector>

#include "heed/model/transformer.h"
#include "tests/support/backends.h"
#include "tests/support/parameters.h"

namespace heed {

/// A Transformer with varied weights and some sentences for it, on every backend.
class SmallTransformer : public OnEveryBackend {
 protected:
  static Transformer model() {
    TransformerConfig config;
    config.source_vocabulary = config.target_vocabulary = 9;
    config.width = 8, config.hidden = 12, config.heads = 2, config.encoder_layers = config.decoder_layers = 2;
    VariedParameters source(3, 0.6f);
    return Transformer(config, source, ParameterStore::Purpose::inference);
  }
  const std::vector<std::vector<Index>> sources_ = {{3, 4, 5, 2}, {6, 2}, {8, 7, 7, 3, 2}};
};

}  // namespace heed
