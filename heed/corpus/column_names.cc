#include "heed/corpus/column_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "heed/text/language_names.h"
#include "heed/text/lowercased.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

enum class Side { source, target };

bool names_side(std::string_view cell, Side side) {
  static constexpr std::array source{"source"sv, "src"sv, "source text"sv, "source_text"sv, "original"sv};
  static constexpr std::array target{"target"sv,      "tgt"sv,         "trg"sv,        "mt"sv,
                                     "target text"sv, "target_text"sv, "translation"sv};
  if (cell.size() > 40) return false;
  const std::string name = lowercased(trimmed(cell));
  return side == Side::source ? std::ranges::find(source, name) != source.end()
                              : std::ranges::find(target, name) != target.end();
}

/// Words such as "it" and "so" are codes of languages, too: where no language is asked for, its name is
/// needed.
bool names_side_by_language(std::string_view cell, const std::string& wanted) {
  if (wanted.empty()) return trimmed(cell).size() > 3 && names_language(cell);
  return names_language(cell, wanted);
}

}  // namespace

std::optional<PairColumns> columns_named(std::span<const std::string_view> cells,
                                         const ReadOptions& options) {
  PairColumns columns{0, 0};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto column = static_cast<Index>(i) + 1;
    const auto is = [&](Side side, const std::string& language) {
      return names_side(cells[i], side) || names_side_by_language(cells[i], language);
    };
    if (columns.source == 0 && is(Side::source, options.source_language))
      columns.source = column;
    else if (columns.target == 0 && is(Side::target, options.target_language))
      columns.target = column;
  }
  if (columns.source == 0 || columns.target == 0) return std::nullopt;
  return columns;
}

}  // namespace heed
