#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// A word of a target and the word of the source that it was made from, each as bytes of its text.
struct WordLink {
  TextSpan source, target;
};

/// Which words of two texts belong together. A word is what stands between white space.
struct WordAlignment {
  std::vector<TextSpan> source_words = {}, target_words = {};
  std::vector<std::pair<Index, Index>> links = {};  // numbers of a source and a target word, ascending

  /// "0-0 1-2": numbers of source and target words, as Pharaoh and fast_align write them.
  std::string pharaoh() const;
};

/// A token of the target by the bytes that it wrote, and the token of the source that it was made from by the
/// bytes that it read.
using TokenLinks = std::vector<std::pair<TextSpan, TextSpan>>;

/// Words are linked where any of their tokens are: links of target spans to source spans, in that order.
WordAlignment align_words(std::string_view source, std::string_view target, const TokenLinks& links);

/// What stands between white space.
std::vector<TextSpan> words_between_spaces(std::string_view text);

/// Where in decode(ids) each id's text lies, without the space before it; empty for ids without text.
std::vector<TextSpan> spans_of_decoded(const Tokenizer& tokenizer, const std::vector<Index>& ids);

}  // namespace heed
