#pragma once
#include "heed/backend/cpu/cpu_backend.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/model/transformer.h"
#include "heed/service/translator.h"
#include "tests/support/parameters.h"
#include "tests/support/temporary_folder.h"

namespace heed {

/// A translator with random weights: what it says is nonsense, but it says it like any other.
class WithTranslator : public WithFolder {
 protected:
  static TransformerConfig sizes() {
    TransformerConfig config;
    config.width = 32, config.hidden = 48, config.heads = 4;
    config.encoder_layers = config.decoder_layers = 2;
    config.dropout = 0.1;
    return config;
  }

  /// Saves a model of these sizes.
  static void save(const std::filesystem::path& folder, TransformerConfig config = sizes(),
                   TokenizerKind kind = TokenizerKind::unigram, std::uint64_t seed = 11) {
    constexpr std::array<std::string_view, 6> text{
        "the quick brown fox jumps over the lazy dog",       "der schnelle braune Fuchs springt",
        "one two three four five six seven eight nine",      "eins zwei drei vier fünf sechs sieben",
        "how much wood would a woodchuck chuck if it could", "Übung macht den Meister, sagt man."};
    TokenizerConfig tokenizer;
    tokenizer.kind = kind;
    tokenizer.vocabulary_size = 400;
    const Tokenizers tokenizers = train_tokenizers(tokenizer, text, text);
    config.source_vocabulary = config.target_vocabulary = tokenizers.source->vocabulary_size();
    VariedParameters start(seed, 0.15f);
    std::filesystem::create_directories(folder);
    save_model(folder, Transformer(config, start, ParameterStore::Purpose::inference), "translation");
    tokenizers.save(folder);
  }

  /// Saves one and opens it.
  Translator open(TransformerConfig config = sizes(), TokenizerKind kind = TokenizerKind::unigram) const {
    save(folder_, config, kind);
    return Translator(folder_, cpu_backend());
  }
};

inline std::string words(Index count) {
  constexpr std::array<std::string_view, 5> some{"fox ", "dog ", "two ", "nine ", "Fuchs "};
  std::string text;
  for (Index i = 0; i < count; ++i) text += some[static_cast<std::size_t>(i * i % 5)];
  text.pop_back();
  return text;
}

}  // namespace heed
