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

/// A segment in the form in which tercom compares words, which white space separates.
std::string tokenize_tercom(std::string_view segment, const TerOptions& options);

}  // namespace heed
