#pragma once
#include "heed/nn/feed_forward.h"
#include "heed/nn/multi_head_attention.h"
#include "heed/nn/residual.h"

namespace heed {

/// The sizes and choices of one layer of a Transformer, of its encoder or its decoder.
struct TransformerLayerConfig {
  Index width = 0, hidden = 0, heads = 1;
  float dropout = 0;         // of every sublayer's result
  float hidden_dropout = 0;  // of the feed-forward network's hidden layer
  FeedForwardKind feed_forward = FeedForwardKind::relu;
  NormOrder norm = NormOrder::post;
  Norm::Options normalization = {};
  Index key_value_heads = 0;                 // of self-attention; 0: as many as heads
  std::optional<RotaryOptions> rotary = {};  // of self-attention
  bool biases = true;                        // of products
  SublayerStart start = {};

  Residual::Options residual() const { return {.order = norm, .dropout = dropout, .norm = normalization}; }
  MultiHeadAttention::Options self_attention() const {
    return {.heads = heads,
            .key_value_heads = key_value_heads,
            .biases = biases,
            .rotary = rotary,
            .start = start};
  }
  MultiHeadAttention::Options cross_attention() const {
    return {.heads = heads, .biases = biases, .start = start};
  }
  FeedForward::Options between() const {
    return {.kind = feed_forward, .dropout = hidden_dropout, .biases = biases, .start = start};
  }
};

}  // namespace heed
