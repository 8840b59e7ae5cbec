#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "heed/base/fields.h"
#include "heed/io/table_options.h"

namespace heed {

/// A text with the label of its class.
struct LabeledText {
  std::string label, text;
};

/// Where a line has its label.
enum class LabelFormat {
  automatic,   // tsv if the first line holds a tab; csv if that is what the file looks like
  tsv,         // label, tab, text
  csv,         // a table with another separator, or a TSV that a spreadsheet wrote
  first_word,  // the label is the first word
};
template <>
struct EnumNames<LabelFormat> {
  static constexpr std::array names{std::pair{"auto", LabelFormat::automatic},
                                    std::pair{"tsv", LabelFormat::tsv}, std::pair{"csv", LabelFormat::csv},
                                    std::pair{"first_word", LabelFormat::first_word}};
};

enum class TextEncoding { utf8, latin1 };
template <>
struct EnumNames<TextEncoding> {
  static constexpr std::array names{std::pair{"utf8", TextEncoding::utf8},
                                    std::pair{"latin1", TextEncoding::latin1}};
};

struct LabelReading {
  LabelFormat format = LabelFormat::automatic;
  Separator separator = Separator::automatic;
  CellQuotes quotes = CellQuotes::automatic;
  HeaderRow header = HeaderRow::automatic;
  Index label_column = 0,
        text_column = 0;  // of a table, from 1; 0: as its header says, else 1 and all others
  TextEncoding encoding = TextEncoding::utf8;
  bool skip_invalid = false;  // leave out damaged rows instead of stopping at the first

  static constexpr auto fields() {
    using R = LabelReading;
    return std::tuple(
        field(
            "format", &R::format,
            "tsv: label, tab, text; csv: a table with another separator; first_word: the label is the first "
            "word; auto: as the file begins"),
        field("separator", &R::separator, table_help::separator),
        field("quotes", &R::quotes, table_help::quotes), field("header", &R::header, table_help::header),
        field("label_column", &R::label_column,
              "column of the label in a table, from 1 (0: as its header says, else 1)", {0, 1000}),
        field("text_column", &R::text_column,
              "column of the text in a table, from 1 (0: as its header says, else all but the label)",
              {0, 1000}),
        field("encoding", &R::encoding, "of the text files"),
        field("skip_invalid", &R::skip_invalid,
              "skip and count damaged rows and texts that are not UTF-8, instead of stopping at the first"));
  }
};

/// The texts of some files, compressed or not, one a row; blank lines are none. A label without text is an
/// empty text. DataError, with the line, for what has no label, for damaged rows and for what is not of the
/// encoding, unless such rows are to be skipped. `note` is told how a file was understood where that is not
/// plain to see, and how many of its rows were skipped.
std::vector<LabeledText> read_labeled(std::span<const std::filesystem::path> files,
                                      const LabelReading& reading,
                                      const std::function<void(const std::string&)>& note = {});

/// A line as UTF-8. DataError, beginning with `where`, if it is not of the encoding.
std::string decoded(std::string line, TextEncoding encoding, std::string_view where);

}  // namespace heed
