#pragma once
#include "heed/service/attention_page.h"
#include "heed/service/translator.h"

namespace heed {

/// Translates a text and looks at every head of every layer while the translation is read once more. If no
/// translation is given, the model's own (with `decoding`) is looked at. DataError for a text without words,
/// and for one that is too long for the model.
AttentionReport attention_report(const Translator& translator, const std::string& text,
                                 const std::string& translation, const DecodingConfig& decoding);

}  // namespace heed
