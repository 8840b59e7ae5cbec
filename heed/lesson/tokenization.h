#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "heed/text/tokenizers.h"

namespace heed {

/// How the lesson cuts text into pieces, but for the size of the vocabulary.
TokenizerConfig lesson_tokenizer(Index vocabulary_size);

/// One text in the pieces of byte-pair vocabularies of several sizes, each trained on the sources:
/// [{"size": 400, "pieces": [...]}].
nlohmann::json tokenization(const std::vector<std::string_view>& sources,
                            const std::vector<std::string_view>& targets, const std::string& text);

}  // namespace heed
