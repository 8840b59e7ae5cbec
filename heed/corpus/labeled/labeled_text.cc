#include "heed/corpus/labeled/labeled_text.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/labeled/label_columns.h"
#include "heed/io/table_rows.h"
#include "heed/text/one_line.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::string_view space = " \t\n\v\f\r";

LabeledText split_at_word(std::string_view line) {
  line = trimmed(line);
  const std::size_t end = std::min(line.find_first_of(space), line.size());
  return {std::string(line.substr(0, end)), std::string(trimmed(line.substr(end)))};
}

/// The labeled texts of one file.
class LabeledFile {
 public:
  LabeledFile(const std::filesystem::path& path, const LabelReading& reading)
      : reading_(reading), columns_(reading), rows_(path, options_of(reading)) {}

  void read_into(std::vector<LabeledText>& texts, const std::function<void(const std::string&)>& note) {
    for (TableRow row; rows_.next(row);) {
      if (row.blank || is_blank_once_decoded(row.text)) continue;
      if (!std::exchange(begun_, true) && begin(row, note)) continue;
      try {
        LabeledText text = table_ ? of_table(row) : of_line(row.text);
        // A character of the file's encoding that only shows as a space, once it is decoded.
        require<DataError>(!is_blank(text.label), rows_.where(), ": the label is blank");
        texts.push_back(std::move(text));
      } catch (const DataError& error) {
        skip(error.what());
      }
    }
    if (note && !rows_.line_note().empty()) note(rows_.line_note());
    if (note && skipped_ > 0)
      note(message(rows_.name(), ": ", skipped_, skipped_ == 1 ? " row" : " rows",
                   " skipped: damaged, first ", first_skipped_));
  }

 private:
  void skip(const std::string& what) {
    require<DataError>(reading_.skip_invalid, what, "; or leave out such rows with --skip-invalid");
    if (skipped_++ == 0) first_skipped_ = what;
  }

  static TableOptions options_of(const LabelReading& reading) {
    TableOptions options{.separator = reading.separator, .quotes = reading.quotes};
    if (reading.format == LabelFormat::tsv && options.separator == Separator::automatic)
      options.separator = Separator::tab;
    if (reading.format == LabelFormat::first_word) options = {Separator::tab, CellQuotes::no};
    return options;
  }

  /// Decides by the first row how the file is read; whether the row is a header.
  bool begin(TableRow& row, const std::function<void(const std::string&)>& note) {
    const auto& dialect = rows_.dialect();
    const bool asked = reading_.format == LabelFormat::tsv || reading_.format == LabelFormat::csv ||
                       reading_.separator != Separator::automatic;
    require<DataError>(
        dialect || !asked, rows_.where(),
        ": no separator gives each row as many columns; put quotes around cells that hold it, or "
        "say which it is with --separator");
    table_ = reading_.format != LabelFormat::first_word && dialect;
    if (!table_) return false;
    const bool header = row.problem.empty() && columns_.take_header(row.cells());
    // Prose has commas, too: what stands before them must look like labels.
    if (!asked && dialect->separator != '\t' && !dialect->certain && !header && !rows_.named_csv() &&
        !is_word(row)) {
      table_ = false;
      rows_.take_for_lines(row);
      return false;
    }
    const auto say = [&](const std::string& text) {
      if (note && !text.empty()) note(text);
    };
    say(rows_.note());
    if (header) say(message(rows_.name(), ": ", columns_.note()));
    return header;
  }

  /// Nothing but the spaces of an older encoding, which are no UTF-8.
  bool is_blank_once_decoded(const std::string& line) const {
    return reading_.encoding != TextEncoding::utf8 && is_blank(decoded(line, reading_.encoding, ""));
  }

  bool is_word(const TableRow& row) const {
    if (!row.problem.empty() || row.cells().size() <= columns_.label()) return false;
    const std::string_view label = trimmed(row.cells()[columns_.label()]);
    return !label.empty() && label.find_first_of(space) == label.npos;
  }

  LabeledText of_table(TableRow& row) {
    const std::string decoded_text = decoded(row.text, reading_.encoding, rows_.where());
    const bool tabs = rows_.dialect()->separator == '\t';
    if (tabs && row.cells().size() == 1)
      row.problem = message("expected a label, a tab and a text, but there is no tab in '",
                            printable(decoded_text), "'");
    LabeledText text;
    if (row.problem.empty())
      text = columns_.of(row.cells(), rows_.dialect()->plain_tsv() ? "\t" : " ", row.problem);
    require<DataError>(row.problem.empty(), rows_.where(), ": ", row.problem);
    if (reading_.encoding != TextEncoding::utf8)
      text = {decoded(text.label, reading_.encoding, ""), decoded(text.text, reading_.encoding, "")};
    // A cell of a CSV may have several lines.
    return rows_.dialect()->plain_tsv() ? text : LabeledText{as_one_line(text.label), as_one_line(text.text)};
  }

  LabeledText of_line(const std::string& line) const {
    // What a lost tab in the first line of a TSV would otherwise do to all the others.
    require<DataError>(reading_.format != LabelFormat::automatic || line.find('\t') == line.npos,
                       rows_.where(),
                       ": has a tab, but lines before it have none; say --format tsv or --format first_word");
    return split_at_word(decoded(line, reading_.encoding, rows_.where()));
  }

  LabelReading reading_;
  LabelColumns columns_;
  TableRows rows_;
  bool begun_ = false, table_ = false;
  Index skipped_ = 0;
  std::string first_skipped_;  // FILE:LINE: what is wrong
};

}  // namespace

std::string decoded(std::string line, TextEncoding encoding, std::string_view where) {
  if (encoding == TextEncoding::utf8) {
    require_utf8(line, where, "say --encoding latin1 if the file is older than that");
    return line;
  }
  std::string text;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return text;
}

std::vector<LabeledText> read_labeled(std::span<const std::filesystem::path> files,
                                      const LabelReading& reading,
                                      const std::function<void(const std::string&)>& note) {
  std::vector<LabeledText> texts;
  for (const auto& file : files) LabeledFile(file, reading).read_into(texts, note);
  return texts;
}

}  // namespace heed
