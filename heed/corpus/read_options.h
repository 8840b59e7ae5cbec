#pragma once
#include <array>
#include <string>
#include <utility>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/io/table_options.h"

namespace heed {

/// What becomes of markup within a text.
enum class InlineTags { strip, placeholders };

template <>
struct EnumNames<InlineTags> {
  static constexpr std::array names{std::pair{"strip", InlineTags::strip},
                                    std::pair{"placeholders", InlineTags::placeholders}};
};

/// How a corpus is read.
struct ReadOptions {
  bool skip_invalid = false;  // count damaged entries and texts that are not UTF-8 instead of stopping
  Index source_column = 0;    // of a table, from 1; 0: as its header says, else the first
  Index target_column = 0;    // likewise, else the second
  Separator separator = Separator::automatic;
  CellQuotes quotes = CellQuotes::automatic;
  HeaderRow header = HeaderRow::automatic;
  std::string source_language{}, target_language{};  // en, en-GB or en_US; empty: as the files have them
  std::string msgid_language = "en";                 // of gettext's and Qt's texts, where a file does not say
  InlineTags inline_tags = InlineTags::strip;
  bool any_status = false;  // take drafts, fuzzy, rejected and obsolete translations, too

  static constexpr auto fields() {
    using C = ReadOptions;
    return std::tuple(
        field("source_language", &C::source_language,
              "language code of the source, such as en or en-GB, for files with several languages"),
        field("target_language", &C::target_language, "language code of the target"),
        field("msgid_language", &C::msgid_language,
              "language of the source texts in gettext catalogs and Qt TS files that do not say"),
        field("inline_tags", &C::inline_tags,
              "markup within TMX and XLIFF texts: strip it, or keep it as placeholders <1>, </1> and <1/>"),
        field("any_status", &C::any_status,
              "take translations of every status: drafts, fuzzy, rejected and obsolete ones, too"),
        field(
            "skip_invalid", &C::skip_invalid,
            "skip and count damaged entries and texts that are not UTF-8, instead of stopping at the first"),
        field("source_column", &C::source_column,
              "column of the source in a table, from 1 (0: as its header says, else 1)", {0, 1000}),
        field("target_column", &C::target_column,
              "column of the target in a table, from 1 (0: as its header says, else 2)", {0, 1000}),
        field("separator", &C::separator, table_help::separator),
        field("quotes", &C::quotes, table_help::quotes), field("header", &C::header, table_help::header));
  }
};

}  // namespace heed
