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
        field("filter_characters", &C::characters, "control characters, or text that was decoded wrongly"),
        field("filter_scripts", &C::scripts, "a side in another script than the corpus"),
        field("filter_source_script", &C::source_script,
              "its code (Latn, Cyrl) or a language (de); empty: as the corpus begins"),
        field("filter_target_script", &C::target_script, "of the target, likewise"),
        field("filter_symbols", &C::symbols, "a side of mostly neither letters nor digits"),
        field("filter_max_symbols", &C::max_symbols, "the share of them that is let pass", {0, 1}),
        field("filter_lengths", &C::lengths, "a side that is too long for a sentence"),
        field("filter_max_characters", &C::max_characters, "characters that are let pass; 0: any number",
              {0}),
        field("filter_max_words", &C::max_words, "words between spaces that are let pass; 0: any number",
              {0}),
        field("filter_ratios", &C::ratios, "one side many times as long as the other"),
        field("filter_max_ratio", &C::max_ratio,
              "times that are let pass, in characters, ten of them being added to both sides", {1}),
        field("filter_copies", &C::copies, "the target a copy of the source"),
        field("filter_copied_words", &C::copied_words, "shorter copies are let pass: names and numbers", {1}),
        field("filter_numbers", &C::numbers, "numbers in digits that differ"),
        field("filter_overlap", &C::overlap, "pairs that are validated or tested on"),
        field("filter_repeats", &C::repeats, "pairs that occurred before"),
        field("filter_translations", &C::translations,
              "sources that occurred before with another target; they are never dropped"));
  }
};

}  // namespace heed
