#include "heed/lesson/tokenization.h"

#include <nlohmann/json.hpp>

#include "heed/lesson/table.h"

namespace heed {

TokenizerConfig lesson_tokenizer(Index vocabulary_size) {
  TokenizerConfig config{.kind = TokenizerKind::bpe, .vocabulary_size = vocabulary_size};
  config.character_coverage = 1;
  config.split_digits = true;
  return config;
}

nlohmann::json tokenization(const std::vector<std::string_view>& sources,
                            const std::vector<std::string_view>& targets, const std::string& text) {
  nlohmann::json steps = nlohmann::json::array();
  for (const Index size : {400, 450, 500, 600, 800, 1200}) {
    const Tokenizers tokenizers = train_tokenizers(lesson_tokenizer(size), sources, targets);
    Names pieces;
    for (const Index id : tokenizers.source->encode(text)) pieces.push_back(tokenizers.source->piece(id));
    steps.push_back({{"size", tokenizers.source->vocabulary_size()}, {"pieces", std::move(pieces)}});
  }
  return steps;
}

}  // namespace heed
