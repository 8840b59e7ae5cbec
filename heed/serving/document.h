#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/fields.h"

namespace heed {

/// Where a text is cut into what is translated by itself.
enum class Splitting {
  sentences,    // at ends of sentences and of lines
  punctuation,  // at ends of sentences; a line that ends in the middle of one goes on in the next
  none          // nowhere: the text is translated whole
};
template <>
struct EnumNames<Splitting> {
  static constexpr std::array names{std::pair{"sentences", Splitting::sentences},
                                    std::pair{"punctuation", Splitting::punctuation},
                                    std::pair{"none", Splitting::none}};
};

/// A text of sentences and paragraphs, taken apart into what is translated and what stays as it is.
class Document {
 public:
  /// UTF-8 text in the language of a code; empty: not known.
  Document(std::string_view text, std::string_view language, Splitting splitting = Splitting::sentences);

  /// What is to be translated, in its order: no white space at either end, no ends of lines, and nothing
  /// without letters, such as numbers and emoji, which stay as they are.
  const std::vector<std::string>& sentences() const { return sentences_; }

  /// The text with a translation in the place of each sentence; what lies between them is what it was, byte
  /// for byte. Where nothing does but the translation's script wants some, a space.
  std::string with(std::span<const std::string> translations) const;

  /// The bytes at which sentences begin, in the text, and in the text with these translations.
  std::vector<Index> begins() const { return begins_with(sentences_); }
  std::vector<Index> begins_with(std::span<const std::string> translations) const;

 private:
  /// What stands before a sentence's translation.
  std::string_view space_before(std::size_t sentence, std::span<const std::string> translations) const;

  std::vector<std::string> sentences_;
  std::vector<std::string> spaces_;  // before each sentence, and behind the last, with what has no letters
};

}  // namespace heed
