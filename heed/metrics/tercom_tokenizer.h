#pragma once
#include <string>
#include <string_view>

namespace heed {

struct TerOptions {
  bool case_sensitive = false;
  /// Undoes XML entities and separates punctuation from words.
  bool normalized = false;
  /// Drops punctuation.
  bool no_punctuation = false;
  /// With `normalized`, makes each Chinese character a word; with `no_punctuation`, drops East Asian marks
  /// too.
  bool asian_support = false;
};

/// A segment as the words that tercom compares, with single spaces between them.
std::string tokenize_tercom(std::string_view segment, const TerOptions& options);

}  // namespace heed
