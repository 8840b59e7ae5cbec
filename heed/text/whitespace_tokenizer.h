#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// Whether decoding joins what subword-nmt cut: "Box@@ kampf" becomes "Boxkampf".
enum class BpeJoining { keep, undo };

/// For text that is tokenized already: what stands between white space is a token. Its file holds one token a
/// line, in the order of ids; the first four are the special ones.
class WhitespaceTokenizer : public Tokenizer {
 public:
  /// From the content of a .vocab file; `name` is what messages call it. CheckpointError if it is none.
  WhitespaceTokenizer(std::string_view vocabulary, BpeJoining joining, const std::string& name);

  /// From a .vocab file.
  static WhitespaceTokenizer open(const std::filesystem::path& path, BpeJoining joining = BpeJoining::keep);
  void save(const std::filesystem::path& path) const;

  std::vector<Index> encode(std::string_view text) const override;
  std::vector<std::string> unknown_parts(std::string_view text) const override;
  std::string decode(std::span<const Index> ids) const override;
  std::vector<TextSpan> spans(std::string_view text) const override;
  /// As behind a word that is not to be joined; without the joining mark, where that is undone.
  std::string added_text(Index id) const override;
  std::string as_decoded(std::string_view text) const override;
  std::string piece(Index id) const override { return entry(id); }
  std::optional<Index> find(std::string_view piece) const override;
  Index vocabulary_size() const override { return static_cast<Index>(tokens_.size()); }
  std::string serialized() const override;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  const std::string& entry(Index id) const;
  Index id_of(std::string_view token) const;
  /// Tokens to a text, one after the other.
  class Joiner;

  std::vector<std::string> tokens_;
  std::unordered_map<std::string, Index, Hash, std::equal_to<>> ids_;
  BpeJoining joining_;
  std::string name_;
};

/// Which words of a text become its vocabulary.
struct WordCounts {
  Index minimum_count = 1;    // rarer words are unknown
  Index vocabulary_size = 0;  // at most, with the special ids; 0: no limit
};

/// The .vocab content for sentences: the most frequent tokens first, and in byte order where counts are
/// equal.
std::string count_words(std::span<const std::string_view> sentences, const WordCounts& options = {});

}  // namespace heed
