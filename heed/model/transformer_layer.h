#pragma once
#include "heed/nn/feed_forward.h"
#include "heed/nn/residual.h"

namespace heed {

/// The sizes and choices of one layer of a Transformer, of its encoder or its decoder.
struct TransformerLayerConfig {
  Index width = 0, hidden = 0, heads = 1;
  float dropout = 0;         // of every sublayer's result
  float hidden_dropout = 0;  // of the feed-forward network's hidden layer
  FeedForwardKind feed_forward = FeedForwardKind::relu;
  NormOrder norm = NormOrder::post;
};

}  // namespace heed
