#pragma once
#include <array>
#include <span>
#include <string_view>

#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// What is wrong with a translation that can be told without knowing either language.
enum class Degeneration {
  none,
  repetition,  // it is caught in a loop
  copy         // it is the source, untranslated
};

template <>
struct EnumNames<Degeneration> {
  static constexpr std::array names{std::pair{"none", Degeneration::none},
                                    std::pair{"repetition", Degeneration::repetition},
                                    std::pair{"copy", Degeneration::copy}};
};

/// A source and a translation, as texts and as tokens.
struct SourceAndTarget {
  std::string_view source, target;
  std::span<const Index> source_tokens, target_tokens;
};

/// A loop: the same tokens four times in a row or more, and more than twice as often as anything repeats in
/// the source. A copy: the same text, but for case, of 12 characters or more; or five words or more, of which
/// four in five stand in the source in the same order.
Degeneration degeneration(const SourceAndTarget& pair);

}  // namespace heed
