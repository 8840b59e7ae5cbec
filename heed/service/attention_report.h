#pragma once
#include "heed/service/attention_page.h"
#include "heed/service/generator.h"
#include "heed/service/translator.h"

namespace heed {

/// Translates a text and looks at every head of every layer while the translation is read once more. If no
/// translation is given, the model's own (with `decoding`) is looked at. DataError for a text without words,
/// and for one that is too long for the model.
AttentionReport attention_report(const Translator& translator, const std::string& text,
                                 const std::string& translation, const DecodingConfig& decoding);

/// Has a language model read a text and looks at every head of every layer: at each token of it, what it
/// looks at to predict the next. DataError for a text of fewer than two tokens, and for one that is longer
/// than the context.
AttentionReport attention_report(const Generator& generator, const std::string& text);

}  // namespace heed
