#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// What each entry of a vocabulary adds to a text, to be looked up both ways: for a search that is told
/// something of the text that it is to write. Words are letters, digits and marks of scripts that put spaces
/// between words; each character of another script (Chinese, Japanese, Thai) is a word of its own.
class TokenTexts {
 public:
  explicit TokenTexts(const Tokenizer& tokenizer);

  /// With the space before it, if it begins a word; empty for special ids.
  const std::string& text(Index id) const { return texts_[static_cast<std::size_t>(id)]; }
  Index size() const { return std::ssize(texts_); }

  /// The ids whose texts begin with this, by their texts.
  std::span<const Index> beginning_with(std::string_view text) const;
  /// The ids whose text is this.
  std::span<const Index> spelling(std::string_view text) const;
  /// Bytes of the longest text.
  std::size_t longest() const { return longest_; }

  /// Whether an id goes on with the word that stands before it, if one does.
  bool begins_within_word(Index id) const { return begins_within_word_[static_cast<std::size_t>(id)]; }
  bool ends_within_word(Index id) const { return ends_within_word_[static_cast<std::size_t>(id)]; }

 private:
  std::vector<std::string> texts_;
  std::vector<Index> sorted_;  // ids by their texts; without those that have none
  std::vector<bool> begins_within_word_, ends_within_word_;
  std::size_t longest_ = 0;
};

/// Whether the character that a text begins or ends with is part of a word, as TokenTexts has it.
bool begins_with_word(std::string_view text);
bool ends_with_word(std::string_view text);

/// Whether a phrase stands in a text as whole words.
bool has_phrase(std::string_view text, std::string_view phrase);

}  // namespace heed
