#pragma once
#include <string>

#include "heed/base/fields.h"

namespace heed {

/// What becomes of the pairs that a filter finds.
enum class FilterAction { drop, flag, off };
template <>
struct EnumNames<FilterAction> {
  static constexpr std::array names{std::pair{"drop", FilterAction::drop},
                                    std::pair{"flag", FilterAction::flag},
                                    std::pair{"off", FilterAction::off}};
};

/// Which pairs are not learned from. Pairs that are empty on a side or not UTF-8 never are. What is set to
/// "flag" is learned from, and counted by the data report.
struct FilterOptions {
  FilterAction characters = FilterAction::drop, scripts = FilterAction::drop, symbols = FilterAction::drop,
               lengths = FilterAction::drop, ratios = FilterAction::drop, copies = FilterAction::drop,
               numbers = FilterAction::flag, overlap = FilterAction::drop, repeats = FilterAction::drop,
               translations = FilterAction::flag;
  std::string source_script{}, target_script{};
  double max_symbols = 0.8;
  Index max_characters = 3000, max_words = 0;
  double max_ratio = 6;
  Index copied_words = 4;

  static constexpr std::string_view title = "Filters";
  static constexpr auto fields() {
    using C = FilterOptions;
    return std::tuple(
        field("filter_characters", &C::characters, "pairs with control characters or wrongly decoded text"),
        field("filter_scripts", &C::scripts, "pairs with a side in another script than the corpus"),
        field("filter_source_script", &C::source_script,
              "script of the source, as a code (Latn, Cyrl) or a language (de); empty: as the corpus begins"),
        field("filter_target_script", &C::target_script, "script of the target, likewise"),
        field("filter_symbols", &C::symbols, "pairs with a side of mostly symbols"),
        field("filter_max_symbols", &C::max_symbols,
              "maximum share of characters that are neither letters nor digits", {0, 1}),
        field("filter_lengths", &C::lengths, "pairs with a side too long for a sentence"),
        field("filter_max_characters", &C::max_characters,
              "maximum number of characters per side (0: no limit)", {0}),
        field("filter_max_words", &C::max_words, "maximum number of words per side (0: no limit)", {0}),
        field("filter_ratios", &C::ratios, "pairs with one side many times as long as the other"),
        field("filter_max_ratio", &C::max_ratio,
              "maximum ratio of the two lengths in characters, 10 being added to both", {1}),
        field("filter_copies", &C::copies, "pairs whose target is a copy of the source"),
        field("filter_copied_words", &C::copied_words,
              "minimum number of words of a copy; shorter ones, such as names and numbers, are kept", {1}),
        field("filter_numbers", &C::numbers, "pairs with different numbers in digits"),
        field("filter_overlap", &C::overlap, "pairs of the validation or test set"),
        field("filter_repeats", &C::repeats, "repeated pairs"),
        field("filter_translations", &C::translations,
              "sources that occurred before with another target; never dropped"));
  }
};

}  // namespace heed
