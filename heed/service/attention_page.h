#pragma once
#include <string>
#include <utility>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// What an encoder-decoder Transformer did with one sentence, for people to look at. Every part may be empty.
struct AttentionReport {
  /// One head's attention weights: weights[query * keys + key], each row adding up to 1.
  struct Map {
    Index queries = 0, keys = 0;
    std::vector<float> weights;
  };
  /// The maps of one kind of attention: [layer][head].
  using Maps = std::vector<std::vector<Map>>;

  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;  // about the model: name, value
  std::string source_text, translation;
  std::vector<std::string> source_tokens, target_tokens;  // pieces, EOS included
  std::vector<std::string> target_inputs;                 // BOS, then all target tokens but the last
  Maps encoder;                                           // [source, source]
  Maps decoder;                                           // [target, target]
  Maps cross;                                             // [target, source]
  std::vector<float> positional_encoding;                 // [positions, width]
  Index positions = 0, width = 0;
  std::vector<float> token_log_probabilities;  // of the target tokens
};

/// The report as one HTML document that needs nothing but a browser: no network, no other file. Weights are
/// kept in 8 bits. ShapeError names the map whose sizes do not fit the tokens, DataError the one whose values
/// are no attention weights.
std::string attention_page(const AttentionReport& report);

}  // namespace heed
