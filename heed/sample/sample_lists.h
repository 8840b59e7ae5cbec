#pragma once
#include <unicode/listformatter.h>

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "heed/sample/sample_phrases.h"

namespace heed {

/// Joins phrases as both languages do ("a, b, and c", "a or b") so that the source can be read in one way
/// only: a phrase that could be taken for more than one item, or for a whole list, is quoted.
class SampleLists {
 public:
  SampleLists(const icu::Locale& source, const icu::Locale& target);

  /// Joins two to four items by "and" or "or", and quotes some of them.
  SamplePhrase join(std::span<const SamplePhrase> items, Random& random) const;
  /// The phrase; quoted if it looks like a list ("28 jours et 2 heures").
  SamplePhrase alone(const SamplePhrase& phrase) const;

 private:
  using Texts = std::vector<icu::UnicodeString>;

  /// What one language joins and quotes with.
  struct Language {
    std::array<std::shared_ptr<icu::ListFormatter>, 2> joined;  // by "and", by "or"
    icu::UnicodeString opening, closing;                        // quotation marks
  };
  static Language language(const icu::Locale& locale);
  SamplePhrase quoted(const SamplePhrase& phrase) const;

  Language source_, target_;
  Texts separators_;       // of the source: between any two items
  Texts last_separators_;  // before the last item: every list has one of them
  bool has_or_;            // told apart from "and" in the source
};

}  // namespace heed
