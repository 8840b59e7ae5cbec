#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// What text is cut into.
enum class TokenizerKind {
  unigram,     // SentencePiece's pieces by likelihood
  bpe,         // SentencePiece's pieces by merging
  whitespace,  // words: the text is tokenised already
};

/// How a model's tokenizers are made from its training text.
struct TokenizerConfig {
  TokenizerKind kind = TokenizerKind::unigram;
  std::optional<Index> vocabulary_size =
      std::nullopt;                    // entries at most; if not given, 8000 pieces or every word
  bool joint = true;                   // one vocabulary for both sides
  bool byte_fallback = true;           // spell rare characters as bytes, so that nothing is unknown
  double character_coverage = 0.9995;  // share of the text's characters that get a piece of their own
  std::string normalization = "nmt_nfkc";
  int training_threads = 16;      // part of the result, so the same on every machine
  Index minimum_count = 1;        // whitespace: rarer words are unknown
  bool undo_bpe_joining = false;  // whitespace: join "Box@@ kampf" on output
};

/// A model's two tokenizers; one and the same object when the vocabulary is joint.
struct Tokenizers {
  std::shared_ptr<const Tokenizer> source, target;
  TokenizerConfig config;          // that they were made by
  std::vector<std::string> notes;  // what training them has to tell

  bool joint() const { return source == target; }
  /// Into a model's folder: tokenizer.json and the file or files it names.
  void save(const std::filesystem::path& folder) const;
};

/// Tokenizers made from the two sides of a corpus.
Tokenizers train_tokenizers(const TokenizerConfig& config, std::span<const std::string_view> source,
                            std::span<const std::string_view> target);

/// The tokenizers of a model's folder. CheckpointError if they are damaged or not heed's, FileError if
/// missing.
Tokenizers load_tokenizers(const std::filesystem::path& folder);

}  // namespace heed
