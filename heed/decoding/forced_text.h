#pragma once
#include <string>
#include <vector>

#include "heed/text/token_texts.h"

namespace heed {

/// A text that a search must write next, in whatever tokens spell it: the last of them may go beyond it. A
/// place is a number of its bytes that are written.
class ForcedText {
 public:
  /// The texts must outlive it.
  ForcedText(const TokenTexts& texts, std::string text);

  /// Whether the vocabulary can write it at all.
  bool writable() const { return writable_.front(); }
  bool done(std::size_t place) const { return place >= text_.size(); }
  /// The tokens that may come next: all of them lead to the end.
  std::vector<Index> allowed(std::size_t place) const;
  /// Where it goes on behind a token.
  std::size_t after(std::size_t place, Index token) const { return place + texts_->text(token).size(); }

 private:
  const TokenTexts* texts_;
  std::string text_;
  std::vector<bool> writable_;  // from each place on
};

}  // namespace heed
