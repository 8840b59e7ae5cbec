#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/text/token_texts.h"

namespace heed {

/// Words and phrases that a search must not write, whatever tokens spell them. A token that completes one is
/// impossible, also where a further token would make it a longer word; that word's other spellings are not.
class SuppressedPhrases {
 public:
  /// White space of any length in a phrase is one space. The texts must outlive it.
  SuppressedPhrases(const TokenTexts& texts, std::span<const std::string> phrases);

  /// Makes impossible (minus infinity) what would complete a phrase behind this text.
  void forbid(std::span<float> log_probabilities, std::string_view written) const;

 private:
  struct Phrase {
    std::string text;
    std::vector<Index> holders;  // the tokens that hold all of it
  };

  void forbid(std::span<float> log_probabilities, std::string_view written, const Phrase& phrase) const;

  const TokenTexts* texts_;
  std::vector<Phrase> phrases_;
};

}  // namespace heed
