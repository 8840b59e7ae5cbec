#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// Tells where words begin among the tokens of a text, by how the vocabulary shows them: behind a space
/// (U+2581), which goes with what follows it, and where letters and punctuation meet. Of a vocabulary that
/// marks no spaces each token is a word.
class WordStarts {
 public:
  explicit WordStarts(const Tokenizer& tokenizer);

  /// The places at which words begin, the first one at 0; none for no tokens.
  std::vector<std::size_t> operator()(std::span<const Index> tokens) const;

 private:
  enum class Kind : unsigned char { begins, space, continues, punctuation };

  Kind kind(Index token) const;

  std::vector<Kind> kinds_;  // by token
};

}  // namespace heed
