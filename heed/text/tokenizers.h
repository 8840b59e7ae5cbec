#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/settings.h"
#include "heed/text/character_tokenizer.h"
#include "heed/text/tokenizer.h"

namespace heed {

/// What text is cut into.
enum class TokenizerKind {
  unigram,     // SentencePiece's pieces by likelihood
  bpe,         // SentencePiece's pieces by merging
  whitespace,  // words: the text is tokenized already
  characters,  // those that the training text holds
  bytes,       // all 256
};

template <>
struct EnumNames<TokenizerKind> {
  static constexpr std::array names{
      std::pair{"unigram", TokenizerKind::unigram}, std::pair{"bpe", TokenizerKind::bpe},
      std::pair{"whitespace", TokenizerKind::whitespace}, std::pair{"characters", TokenizerKind::characters},
      std::pair{"bytes", TokenizerKind::bytes}};
};

/// How a model's tokenizers are made from its training text.
struct TokenizerConfig {
  TokenizerKind kind = TokenizerKind::unigram;
  std::optional<Index> vocabulary_size = std::nullopt;  // if not given, 8000 pieces or every word
  bool joint = true;
  bool byte_fallback = true;
  bool split_digits = false;
  double character_coverage = 0.9995;
  std::string normalization = "nmt_nfkc";
  int threads = 16;  // part of the result, so the same on every machine
  Index minimum_count = 1;
  bool undo_bpe_joining = false;
  bool exact_whitespace = false;

  static constexpr std::string_view title = "Tokenizer";
  static constexpr auto fields() {
    using C = TokenizerConfig;
    return std::tuple(
        field("tokenizer", &C::kind,
              "unigram or bpe: SentencePiece with pieces by likelihood or by merging; whitespace: words of "
              "text that is tokenized already; characters; bytes"),
        field("vocabulary_size", &C::vocabulary_size,
              "maximum vocabulary size; if not given, 8000 pieces, or every word", {5, 1e6}),
        field("joint_vocabulary", &C::joint, "share one vocabulary between source and target"),
        field("byte_fallback", &C::byte_fallback,
              "spell rare characters as bytes, so that nothing is unknown"),
        field("split_digits", &C::split_digits, "make every digit a piece, which helps to copy numbers"),
        field("character_coverage", &C::character_coverage,
              "share of the text's characters that the vocabulary covers (1 suits small alphabets)",
              {0.9, 1}),
        field("normalization", &C::normalization,
              "Unicode normalization: nmt_nfkc, nfkc, nmt_nfkc_cf, nfkc_cf or identity"),
        field("tokenizer_threads", &C::threads,
              "threads that train the tokenizer; their number changes the pieces", {1, 128}),
        field("minimum_count", &C::minimum_count,
              "whitespace, characters: minimum count of a word or character; rarer ones are unknown", {1}),
        field("undo_bpe_joining", &C::undo_bpe_joining,
              "whitespace: join what subword-nmt split (Box@@ kampf) in the output"),
        field("exact_whitespace", &C::exact_whitespace,
              "give text back byte for byte, white space too, without normalization"));
  }
};

/// The settings of a tokenizer for models that read texts and write none: what is about two sides or about
/// decoding is left out.
Settings settings_for_reading(TokenizerConfig& config);

/// A model's two tokenizers; one and the same object when the vocabulary is joint.
struct Tokenizers {
  std::shared_ptr<const Tokenizer> source, target;
  TokenizerConfig config;          // that they were made by
  std::vector<std::string> notes;  // what training them has to tell

  bool joint() const { return source == target; }
  /// Into a model's folder: tokenizer.json and the file or files it names.
  void save(const std::filesystem::path& folder) const;
};

/// The config with all that it implies written out: normalization where white space is exact. ConfigError for
/// options that its kind does not have, or that contradict each other.
TokenizerConfig completed(TokenizerConfig config);

/// Entries of a vocabulary by this config where there is no text to count them in yet: its maximum, or the
/// usual number.
Index expected_vocabulary_size(const TokenizerConfig& config);

/// The config for a text that a model is to continue: white space is exact wherever the kind can do that.
TokenizerConfig for_language_models(TokenizerConfig config);

/// Tokenizers made from the two sides of a corpus. ConfigError as of completed().
Tokenizers train_tokenizers(const TokenizerConfig& config, std::span<const std::string_view> source,
                            std::span<const std::string_view> target);

/// One tokenizer, made from the texts of a language model: source and target are the same. ConfigError as of
/// completed(), or if joint_vocabulary is off.
Tokenizers train_tokenizers(const TokenizerConfig& config, std::span<const std::string_view> texts);

/// The same where the kind learns no more than which characters there are, from counts of a text that passed
/// by. ConfigError if the kind is another.
Tokenizers character_tokenizers(const TokenizerConfig& config, const CharacterCounts& counts);

/// The tokenizers of a model's folder. CheckpointError if they are damaged or not heed's, FileError if
/// missing.
Tokenizers load_tokenizers(const std::filesystem::path& folder);

}  // namespace heed
