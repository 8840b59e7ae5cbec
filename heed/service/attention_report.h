#pragma once
#include <string>
#include <utility>
#include <vector>

#include "heed/base/index.h"
#include "heed/service/generator.h"
#include "heed/service/mask_filler.h"
#include "heed/service/translator.h"

namespace heed {

/// What a Transformer did with one text, for people to look at. Every part may be empty.
struct AttentionReport {
  /// One head's attention weights: weights[query * keys + key], each row adding up to 1.
  struct Map {
    Index queries = 0, keys = 0;
    std::vector<float> weights;
  };
  /// The maps of one kind of attention: [layer][head].
  using Maps = std::vector<std::vector<Map>>;

  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;                  // about the model: name, value
  std::string source_title = "Source", translation_title = "Translation";  // what both are called
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

/// Translates a text and looks at every head of every layer while the translation is read once more. If no
/// translation is given, the model's own (with `decoding`) is looked at. DataError for a text without words,
/// and for one that is too long for the model.
AttentionReport attention_report(const Translator& translator, const std::string& text,
                                 const std::string& translation, const DecodingConfig& decoding);

/// Has a language model read a text and looks at every head of every layer: at each token of it, what it
/// looks at to predict the next. DataError for a text of fewer than two tokens, and for one that is longer
/// than the context.
AttentionReport attention_report(const Generator& generator, const std::string& text);

/// The same of a model that fills in masks, which looks at the whole text at once, BOS and EOS among it. Each
/// "[MASK]" of the text is a masked token. DataError for a text without tokens, and for one that is longer
/// than the model sees at once.
AttentionReport attention_report(const MaskFiller& filler, const std::string& text);

}  // namespace heed
