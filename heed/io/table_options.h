#pragma once
#include <array>
#include <string_view>
#include <utility>

#include "heed/base/fields.h"

namespace heed {

/// What stands between the columns of a table.
enum class Separator { automatic, tab, comma, semicolon, pipe };
template <>
struct EnumNames<Separator> {
  static constexpr std::array names{std::pair{"auto", Separator::automatic}, std::pair{"tab", Separator::tab},
                                    std::pair{"comma", Separator::comma},
                                    std::pair{"semicolon", Separator::semicolon},
                                    std::pair{"pipe", Separator::pipe}};
};

/// Whether quotes around a cell are part of its text, or mean what RFC 4180 says.
enum class CellQuotes { automatic, yes, no };
template <>
struct EnumNames<CellQuotes> {
  static constexpr std::array names{std::pair{"auto", CellQuotes::automatic},
                                    std::pair{"yes", CellQuotes::yes}, std::pair{"no", CellQuotes::no}};
};

/// Whether the first row names the columns.
enum class HeaderRow { automatic, yes, no };
template <>
struct EnumNames<HeaderRow> {
  static constexpr std::array names{std::pair{"auto", HeaderRow::automatic}, std::pair{"yes", HeaderRow::yes},
                                    std::pair{"no", HeaderRow::no}};
};

/// How the rows of a table are cut into cells.
struct TableOptions {
  Separator separator = Separator::automatic;
  CellQuotes quotes = CellQuotes::automatic;
};

/// What these options are for, wherever a command has them.
namespace table_help {
inline constexpr std::string_view separator =
    "separator of the columns of a table; auto: tab, or what gives each row as many columns";
inline constexpr std::string_view quotes =
    "whether a table has cells in double quotes as CSV files do: with separators, line ends and doubled "
    "quotes "
    "in them; auto: as the file begins";
inline constexpr std::string_view header =
    "whether the first row of a table names its columns; auto: if its cells are such names";
}  // namespace table_help

}  // namespace heed
