#pragma once
#include <unicode/listformatter.h>

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "heed/data/sample_phrases.h"

namespace heed {

/// Joins phrases as both languages do: "a, b, and c", "a or b". A phrase that holds a separator itself is
/// quoted, so that a list can be read in one way only.
class SampleLists {
 public:
  SampleLists(const icu::Locale& source, const icu::Locale& target);

  /// Joins two to four items by "and" or "or", and quotes some of them.
  SamplePhrase join(std::span<const SamplePhrase> items, Random& random) const;

 private:
  /// What one language joins and quotes with.
  struct Language {
    std::array<std::shared_ptr<icu::ListFormatter>, 2> joined;  // by "and", by "or"
    icu::UnicodeString opening, closing;                        // quotation marks
  };
  static Language language(const icu::Locale& locale);

  Language source_, target_;
  std::vector<icu::UnicodeString> separators_;  // of the source
  bool has_or_;                                 // told apart from "and" in the source
};

}  // namespace heed
