#pragma once
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// What one sequence of a search must hold, and what it must not.
struct SearchConstraints {
  std::vector<Index> prefix = {};  // the tokens that it begins with
  /// Text that stands behind the prefix, in whatever tokens spell it: the word that somebody is typing.
  std::string continuation = {};
  /// Tokens in a row that must appear, as words of their own, in any order (Hokamp and Liu, 2017).
  std::vector<std::vector<Index>> terms = {};
  /// Words and phrases that must not appear as such, in whatever tokens.
  std::vector<std::string> suppressed = {};

  bool empty() const { return prefix.empty() && continuation.empty() && terms.empty() && suppressed.empty(); }
};

}  // namespace heed
