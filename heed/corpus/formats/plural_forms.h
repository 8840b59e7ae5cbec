#pragma once
#include <optional>
#include <string_view>

#include "heed/base/index.h"

namespace heed {

/// The Plural-Forms of a gettext catalogue: which form of a text goes with a number.
class PluralForms {
 public:
  /// Two forms, the first for one.
  PluralForms() = default;
  /// Reads "nplurals=2; plural=(n != 1);"; nothing if that cannot be understood.
  static std::optional<PluralForms> of(std::string_view text);

  Index count() const { return count_; }
  /// The form for one thing.
  Index singular() const { return singular_; }
  /// The form to go with "many things": that of a thousand, which need not be the last (Latvian's is for
  /// none); the singular's in a language that tells no numbers apart.
  Index plural() const { return plural_; }

 private:
  Index count_ = 2, singular_ = 0, plural_ = 1;
};

}  // namespace heed
